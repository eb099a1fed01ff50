import { basename } from "node:path";
import { statisticsOf } from "../../components/serving/traffic/statistics.ts";
import { didYouMean } from "../../components/site/nearest.ts";
import { chosenFormat } from "../chosen-format.ts";
import { trafficJson, trafficText } from "../format/traffic-text.ts";
import { EXIT, type Io } from "../io.ts";
import { Problem } from "../problem.ts";
import { readTrace, UNITS, type Unit } from "../traffic/read-trace.ts";

const FORMATS = ["text", "json"] as const;

export interface TrafficOptions {
  readonly format?: string;
  readonly timeUnit?: string;
}

/** `millrace traffic <file>`: what a trace of requests says of their rate and lengths, and the blueprint lines of it. */
export async function traffic(file: string | undefined, options: TrafficOptions, io: Io): Promise<number> {
  const format = chosenFormat(options.format, FORMATS);
  if (file === undefined)
    throw new Problem({ what: "trace", got: "nothing", allowed: "a CSV or JSON Lines file", fix: "name it" });
  const { arrivals, clock } = await readTrace(file, unitOf(options.timeUnit));
  const told = { file: basename(file), statistics: statisticsOf(arrivals, clock) };
  io.out(format === "json" ? trafficJson(told) : trafficText(told));
  return EXIT.proved;
}

function unitOf(text: string | undefined): Unit {
  if (text === undefined) return "s";
  const units = Object.keys(UNITS);
  if (Object.hasOwn(UNITS, text)) return text as Unit;
  throw new Problem({
    what: "--time-unit",
    got: text,
    allowed: units.join(", "),
    fix: didYouMean(text, units, "write s"),
  });
}
