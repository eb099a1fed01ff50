import type { Progress } from "./engine/index.ts";
import type { Io } from "./io.ts";

const STEP_SHARE = 0.1;

/** Draws what an engine has to say on stderr: one moving line on a terminal, else a line at each tenth. */
export function progressLines(io: Io): { readonly progress: Progress; readonly end: () => void } {
  let told = "";
  let open = false;
  const moving = (text: string) => {
    process.stderr.write(`\r\u001b[2K${text.slice(0, 78)}`);
    open = true;
  };
  const end = () => {
    if (open) process.stderr.write("\r\u001b[2K");
    open = false;
  };
  const progress: Progress = (event) => {
    if (event.kind === "step") {
      end();
      io.err(`… ${event.text}`);
    } else if (event.kind === "detail") {
      if (io.live) moving(`  ${event.text}`);
    } else {
      const text = `  ${event.text}: ${event.done} of ${event.of} packages`;
      const tenth = `${event.text} ${Math.floor(event.done / event.of / STEP_SHARE)}`;
      if (io.live) moving(text);
      else if (tenth !== told) io.err(text);
      told = tenth;
    }
  };
  return { progress, end };
}
