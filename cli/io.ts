import { type Colours, coloursFor } from "./colours.ts";

/** Where a command speaks: the result to one side, progress and complaints to the other. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Draws over the line that was drawn before; for progress on a terminal, "" takes it away. */
  readonly draw: (text: string) => void;
  readonly colours: Colours;
  /** Moving progress: only where a person looks. */
  readonly live: boolean;
}

/** The exit codes of the command line. */
export const EXIT = {
  proved: 0,
  violated: 1,
  unproved: 2,
  badInput: 3,
  engineFailed: 4,
  ownFault: 70,
  interrupted: 130,
} as const;

export const processIo = (): Io => ({
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  draw: (text) => process.stderr.write(`\r\u001b[2K${text}`),
  colours: coloursFor(process.stdout, process.env),
  live: process.stderr.isTTY === true && process.env.CI === undefined && process.env.TERM !== "dumb",
});
