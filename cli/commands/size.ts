import type { Opened } from "../../components/open.ts";
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
}

/** `millrace size <site>`: the ways to serve its endpoints; 2 where something that sizing needs is not known. */
export function size(name: string | undefined, options: SizeOptions, io: Io): number {
  const format = chosenFormat(options.format, FORMATS);
  const root = rootFolder(options.cwd);
  const opened = openOrTell(root, chosenSite(root, name), io, format === "json" ? SIZE_VERSION : null);
  if (opened === null) return EXIT.badInput;
  const sizings = sizingsOf(opened, options.endpoint);
  io.out(format === "text" ? sizeText(sizings) : sizeJson(opened.plan, sizings));
  return sizings.some(({ outcome }) => outcome.kind === "unknown") ? EXIT.unproved : EXIT.proved;
}

function sizingsOf({ site, plan, catalog }: Opened, wanted: string | undefined): readonly Sizing[] {
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
  return endpoints.flatMap((endpoint, index) =>
    wanted === undefined || endpoint.id === wanted
      ? [sizeEndpoint(endpoint, index, { plan, catalog, pue: site.power?.pue.value ?? null })]
      : [],
  );
}
