import { EXIT, processIo } from "./io.ts";
import { Problem } from "./problem.ts";
import { buildProgram } from "./program.ts";

/** Runs the command line of this process; the exit code is set, never forced, so that what was written gets out. */
export async function start(): Promise<void> {
  quietPipes();
  process.on("SIGINT", () => process.exit(EXIT.interrupted));
  process.exitCode = await main(process.argv.slice(2));
}

async function main(args: readonly string[]): Promise<number> {
  const io = processIo();
  try {
    return await buildProgram(io).run(args);
  } catch (error) {
    if (error instanceof Problem) {
      io.err(error.message);
      return EXIT.badInput;
    }
    throw error;
  }
}

/** A reader that has seen enough, as `head` has, is no error. */
function quietPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(EXIT.proved);
      throw error;
    });
  }
}
