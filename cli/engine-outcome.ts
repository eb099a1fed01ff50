import type { Operated } from "./engine/index.ts";
import { showText } from "./engine-lines.ts";
import { EXIT, type Io } from "./io.ts";

/** The exit code of a run that did not succeed; why is told on stderr. */
export function exitOf(done: Operated, io: Io): number {
  return EXIT_OF[done.outcome](done, io);
}

const EXIT_OF: Readonly<Record<Operated["outcome"], (done: Operated, io: Io) => number>> = {
  succeeded: () => EXIT.proved,
  interrupted: (_done, io) => {
    io.err("stopped: what was done until then is in the state; the same command goes on from there");
    return EXIT.interrupted;
  },
  blocked: ({ violations }, io) => {
    io.err("\nblocked by the policy pack: nothing was applied");
    const mandatory = violations.filter(({ level }) => level === "mandatory");
    return mandatory.some(({ message }) => /^violated:/m.test(message)) ? EXIT.violated : EXIT.unproved;
  },
  failed: ({ errors }, io) => {
    io.err(`\nthe engine failed: ${showText(errors.join("\n")) || "it gave no reason"}`);
    return EXIT.engineFailed;
  },
};
