import { nodeLoads } from "../../components/power/node-loads.ts";
import { chosenFormat } from "../chosen-format.ts";
import { rootFolder } from "../folder.ts";
import { FAILURES_VERSION, failuresJson } from "../format/failures-json.ts";
import { failuresText } from "../format/failures-text.ts";
import { EXIT, type Io } from "../io.ts";
import { openOrTell } from "../opened.ts";
import { chosenSite } from "../sites.ts";

const FORMATS = ["text", "json"] as const;

export interface FailuresOptions {
  readonly cwd?: string;
  readonly format?: string;
  readonly everyNode?: boolean;
}

/** `millrace failures <site>`: every outage of the one-line, whatever the rules say of it. */
export function failures(name: string | undefined, options: FailuresOptions, io: Io): number {
  const format = chosenFormat(options.format, FORMATS);
  const root = rootFolder(options.cwd);
  const opened = openOrTell(root, chosenSite(root, name), io, format === "json" ? FAILURES_VERSION : null);
  if (opened === null) return EXIT.badInput;
  const { plan, electrical } = opened;
  const nodes = options.everyNode === true ? nodeLoads(electrical) : null;
  io.out(format === "text" ? failuresText(plan, nodes) : failuresJson(plan, nodes));
  return EXIT.proved;
}
