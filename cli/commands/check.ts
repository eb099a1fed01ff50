import type { Faulty } from "../../components/open.ts";
import { showFaults } from "../../components/site/show-fault.ts";
import { exitCode } from "../../policies/check.ts";
import { chosenFormat } from "../choice.ts";
import { checkJson, faultsJson } from "../format/check-json.ts";
import { checkText } from "../format/check-text.ts";
import { faultsJunit, junit } from "../format/junit.ts";
import { faultsMarkdown, markdown } from "../format/markdown.ts";
import { faultsSarif, sarif } from "../format/sarif.ts";
import { EXIT, type Io } from "../io.ts";
import { type Judged, type JudgeOptions, startJudged } from "../judged.ts";

const CHECK_FORMATS = ["text", "json", "sarif", "junit", "markdown"] as const;
type Format = (typeof CHECK_FORMATS)[number];

export interface CheckOptions extends JudgeOptions {
  readonly format: string;
}

const SHOW: Readonly<Record<Format, (judged: Judged, io: Io) => string>> = {
  text: (judged, io) => checkText(judged, io.colour),
  json: checkJson,
  sarif,
  junit,
  markdown,
};
const SHOW_FAULTS: Readonly<Record<Exclude<Format, "text">, (site: string, faulty: Faulty) => string>> = {
  json: (site, { faults, source }) => faultsJson(site, faults, source),
  sarif: (_site, { faults, source }) => faultsSarif(faults, source),
  junit: (_site, { faults, source }) => faultsJunit(faults, source),
  markdown: (site, { faults, source }) => faultsMarkdown(site, faults, source),
};

/** `millrace check <site>`: every rule; the exit code is the verdict. */
export function check(name: string | undefined, options: CheckOptions, io: Io): number {
  const format = chosenFormat(options.format, CHECK_FORMATS);
  const { site, judged } = startJudged(name, options);
  if ("ok" in judged) {
    if (format === "text") io.err(showFaults(judged.faults, judged.source));
    else io.out(SHOW_FAULTS[format](site, judged));
    return EXIT.badInput;
  }
  io.out(SHOW[format](judged, io));
  return exitCode(judged.findings);
}
