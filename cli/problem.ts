import { inert } from "../components/site/show-fault.ts";

/** A mistake on the command line, as data: in lower case, without a full stop. */
export interface Mistake {
  readonly what: string;
  readonly got: string;
  readonly allowed: string;
  readonly fix: string;
}

/** Ends a command with exit 3; each mistake is shown in one line. */
export class Problem extends Error {
  readonly mistakes: readonly string[];

  constructor(...mistakes: readonly Mistake[]) {
    super(mistakes.map(shown).join("\n"));
    this.mistakes = mistakes.map(shown);
    this.name = "Problem";
  }
}

const shown = ({ what, got, allowed, fix }: Mistake): string =>
  `${inert(what)}: got ${inert(got)} · allowed ${inert(allowed, MAX_LISTED)} · fix: ${inert(fix)}`;

/** What is allowed may be a list of sites. */
const MAX_LISTED = 600;
