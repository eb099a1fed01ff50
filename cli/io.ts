/** Where a command speaks: the result to one side, progress and complaints to the other. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Colour and moving progress: only where a person looks. */
  readonly colour: boolean;
  readonly live: boolean;
}

/** The exit codes of the command line. */
export const EXIT = { proved: 0, violated: 1, unproved: 2, badInput: 3, engineFailed: 4, interrupted: 130 } as const;

export function processIo(): Io {
  const live = process.stderr.isTTY === true && process.env.CI === undefined;
  return {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    colour: wantsColour(),
    live,
  };
}

/** NO_COLOR and FORCE_COLOR as their pages say; else colour on a terminal. */
function wantsColour(): boolean {
  if (process.env.NO_COLOR) return false;
  if (process.env.FORCE_COLOR) return process.env.FORCE_COLOR !== "0";
  return process.stdout.isTTY === true;
}
