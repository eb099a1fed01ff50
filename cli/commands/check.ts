import type { Faulty } from "../../components/open.ts";
import { showFaults } from "../../components/site/show-fault.ts";
import { exitCode } from "../../policies/check.ts";
import { chosenFormat } from "../chosen-format.ts";
import { CHECK_VERSION, checkJson } from "../format/check-json.ts";
import { checkText } from "../format/check-text.ts";
import { faultsJson } from "../format/faults-json.ts";
import { faultsJunit, junit } from "../format/junit.ts";
import { faultsMarkdown, markdown } from "../format/markdown.ts";
import { faultsSarif, sarif } from "../format/sarif.ts";
import { EXIT, type Io } from "../io.ts";
import { isFaulty, type Judged, type JudgeOptions, judgeSite } from "../judged.ts";

/** A form of the result, and what it makes of a blueprint that cannot be read. */
interface Format {
  readonly judged: (judged: Judged, io: Io) => string;
  /** Null: faults are told on stderr. */
  readonly faulty: ((site: string, faulty: Faulty) => string) | null;
}

const FORMATS = {
  text: { judged: (judged, io) => checkText(judged, io.colours), faulty: null },
  json: { judged: checkJson, faulty: (site, faulty) => faultsJson(CHECK_VERSION, site, faulty) },
  sarif: { judged: sarif, faulty: (_site, faulty) => faultsSarif(faulty) },
  junit: { judged: junit, faulty: faultsJunit },
  markdown: { judged: markdown, faulty: faultsMarkdown },
} as const satisfies Readonly<Record<string, Format>>;
const NAMES = ["text", "json", "sarif", "junit", "markdown"] as const;

/** `millrace check <site>`: every rule on the plan and on what it would register. */
export function check(name: string | undefined, options: JudgeOptions & { readonly format?: string }, io: Io): number {
  const format: Format = FORMATS[chosenFormat(options.format, NAMES)];
  const { site, judged } = judgeSite(name, options);
  if (isFaulty(judged)) {
    if (format.faulty === null) io.err(showFaults(judged.faults, judged.source));
    else io.out(format.faulty(site, judged));
    return EXIT.badInput;
  }
  io.out(format.judged(judged, io));
  return exitCode(judged.findings);
}
