import { wrap } from "./format/wrap.ts";
import { EXIT, type Io, processIo } from "./io.ts";
import { Problem } from "./problem.ts";
import { runProgram } from "./program.ts";

/** Runs the command line of this process; the exit code is set, not forced, so that what was written gets out. */
export async function start(): Promise<void> {
  quietPipes();
  process.on("SIGINT", () => process.exit(EXIT.interrupted));
  process.exitCode = await main(process.argv.slice(2), processIo());
}

/** One call of the command line: its exit code. Never 1 or 2 but by a verdict. */
async function main(args: readonly string[], io: Io): Promise<number> {
  try {
    return await runProgram(args, io);
  } catch (error) {
    if (error instanceof Problem) {
      io.err(error.mistakes.map((line) => wrap(line, 4)).join("\n"));
      return EXIT.badInput;
    }
    io.err(`millrace itself is at fault, not the site:\n${error instanceof Error ? error.stack : String(error)}`);
    return EXIT.ownFault;
  }
}

/** A reader that has seen enough, as `head` has, is no error, and changes no verdict. */
function quietPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}
