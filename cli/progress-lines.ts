import { inert } from "../components/site/show-fault.ts";
import type { Progress } from "./engine/index.ts";
import type { Io } from "./io.ts";

const WIDTH = 78;
const TENTHS = 10;

/** Tells what getting the engine has to say: one moving line where a person looks, else a line at each tenth. */
export function progressLines(io: Io): { readonly progress: Progress; readonly end: () => void } {
  let lastTenth = "";
  const end = () => {
    if (io.live) io.draw("");
  };
  const progress: Progress = (event) => {
    if (event.kind === "step") {
      end();
      io.err(`… ${inert(event.text)}`);
      return;
    }
    const text = event.kind === "detail" ? event.text : `${event.text}: ${event.done} of ${event.of} packages`;
    if (io.live) {
      io.draw(`  ${inert(text, WIDTH)}`);
    } else if (event.kind === "share") {
      const tenth = `${event.text} ${Math.floor((event.done / event.of) * TENTHS)}`;
      if (tenth !== lastTenth) io.err(`  ${inert(text)}`);
      lastTenth = tenth;
    }
  };
  return { progress, end };
}
