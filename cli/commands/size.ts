import type { Opened } from "../../components/open.ts";
import type { Plan } from "../../components/plan-types.ts";
import { sizeEndpoint } from "../../components/serving/sizing/size.ts";
import type { Sizing } from "../../components/serving/sizing/sizing-types.ts";
import { didYouMean } from "../../components/site/nearest.ts";
import { chosenFormat } from "../chosen-format.ts";
import { rootFolder } from "../folder.ts";
import { SIZE_VERSION, sizeJson } from "../format/size-json.ts";
import { sizeText } from "../format/size-text.ts";
import { EXIT, type Io } from "../io.ts";
import { openOrTell } from "../opened.ts";
import { Problem } from "../problem.ts";
import { chosenSite } from "../sites.ts";

const FORMATS = ["text", "json"] as const;

export interface SizeOptions {
  readonly cwd?: string;
  readonly format?: string;
  readonly endpoint?: string;
  readonly pool?: readonly string[];
}

/** `millrace size <site>`: the ways to serve its endpoints; 2 where something that sizing needs is not known. */
export function size(name: string | undefined, options: SizeOptions, io: Io): number {
  const format = chosenFormat(options.format, FORMATS);
  const root = rootFolder(options.cwd);
  const opened = openOrTell(root, chosenSite(root, name), io, format === "json" ? SIZE_VERSION : null);
  if (opened === null) return EXIT.badInput;
  const sizings = sizingsOf(opened, options);
  io.out(format === "text" ? sizeText(sizings) : sizeJson(opened.plan, sizings));
  return sizings.some(isOpen) ? EXIT.unproved : EXIT.proved;
}

/** Something that a pool's answer needs is not known, or no pool is asked at all. */
const isOpen = ({ outcome }: Sizing): boolean =>
  outcome.kind === "unasked" || outcome.passedOver.some(({ kind }) => kind === "unknown");

function sizingsOf({ site, plan, catalog }: Opened, { endpoint: wanted, pool }: SizeOptions): readonly Sizing[] {
  const { endpoints } = site.serving;
  const ids = endpoints.map(({ id }) => id);
  if (ids.length === 0 || (wanted !== undefined && !ids.includes(wanted))) {
    const allowed = ids.length === 0 ? "none: the site has no endpoint" : ids.join(", ");
    const fix = didYouMean(
      wanted ?? "",
      ids,
      ids.length === 0 ? "state one under serving.endpoints" : "name one of them",
    );
    throw new Problem({ what: "--endpoint", got: wanted ?? "none", allowed, fix });
  }
  const pools = chosenPools(plan, pool);
  return endpoints.flatMap((endpoint, index) =>
    wanted === undefined || endpoint.id === wanted
      ? [sizeEndpoint(endpoint, index, { plan, catalog, pue: site.power?.pue.value ?? null, pools })]
      : [],
  );
}

/** `--pool`: ids of pools of the site; null where none is named. */
function chosenPools({ pools }: Plan, wanted: readonly string[] | undefined): readonly string[] | null {
  if (wanted === undefined) return null;
  const ids = pools.map(({ id }) => id);
  const strange = wanted.find((id) => !ids.includes(id));
  if (strange === undefined) return wanted;
  const fix = didYouMean(strange, ids, "name pools of the site");
  throw new Problem({ what: "--pool", got: strange, allowed: ids.join(", "), fix });
}
