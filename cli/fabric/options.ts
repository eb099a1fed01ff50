import { didYouMean } from "../../components/site/nearest.ts";
import { Problem } from "../problem.ts";

/** What may be given to `millrace fabric`: a site, a system with its switch, or a reference architecture. */
export interface FabricOptions {
  readonly cwd?: string;
  readonly system?: string;
  readonly nodes?: string;
  readonly switch?: string;
  readonly planes?: string;
  readonly oversubscription?: string;
  readonly leafPerRackPerRail?: boolean;
  readonly ufm?: boolean;
  readonly architecture?: string;
  readonly units?: string;
  readonly fabric?: string;
  readonly building?: string;
  readonly list?: string;
  readonly lldp?: string;
  readonly format?: string;
}

const BY_SYSTEM = ["system", "nodes", "switch", "planes", "oversubscription", "leafPerRackPerRail", "ufm"] as const;
const BY_ARCHITECTURE = ["architecture", "units"] as const;
const BY_SITE = ["fabric", "building"] as const;
const OF_ONE = ["list", "lldp"] as const;

export type Way = "site" | "architecture" | "system";
const STRANGE: Readonly<Record<Way, readonly (keyof FabricOptions)[]>> = {
  site: [...BY_SYSTEM, ...BY_ARCHITECTURE],
  architecture: [...BY_SYSTEM, ...BY_SITE, ...OF_ONE],
  system: [...BY_ARCHITECTURE, ...BY_SITE],
};

/** One way of the three: what belongs to another would be passed over in silence. */
export function chosenWay(site: string | undefined, options: FabricOptions): Way {
  const way = site !== undefined ? "site" : options.architecture !== undefined ? "architecture" : "system";
  const stray = STRANGE[way].find((name) => options[name] !== undefined);
  if (stray !== undefined) {
    throw new Problem({
      what: `--${stray.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      got: String(options[stray]),
      allowed: `nothing where a fabric is sized by ${way === "site" ? "its site" : `--${way}`}`,
      fix: "leave it out, or choose by one of: a site, --system, --architecture",
    });
  }
  return way;
}

/** The entry of a list that an option names. */
export function named<T>(what: string, got: string | undefined, from: ReadonlyMap<string, T>): T {
  const names = [...from.keys()];
  const found = from.get(got ?? "");
  if (found !== undefined) return found;
  const fix = got === undefined ? `name one: --${what} ${names[0]}` : didYouMean(got, names, "name one of them");
  throw new Problem({ what: `--${what}`, got: got ?? "nothing", allowed: names.join(", "), fix });
}

export function whole(what: string, text: string | undefined, most: number): number {
  const value = /^\d{1,9}$/.test(text ?? "") ? Number(text) : 0;
  if (value >= 1 && value <= most) return value;
  throw new Problem({
    what: `--${what}`,
    got: text ?? "nothing",
    allowed: `1 to ${most}`,
    fix: "write a whole number",
  });
}

/** "2:1", "2" or "1.5": node side over spine side. */
export function ratio(what: string, text: string): number {
  const [, value] = /^(\d{1,3}(?:\.\d{1,4})?)(?::1)?$/.exec(text) ?? [];
  if (value !== undefined && Number(value) >= 1 && Number(value) <= 64) return Number(value);
  const allowed = "1 to 64, as in 2:1";
  throw new Problem({ what: `--${what}`, got: text, allowed, fix: "write node side over spine side" });
}
