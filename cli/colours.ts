import pc from "picocolors";

/** Paints words; without colours it gives them back as they are. */
export type Colours = ReturnType<typeof pc.createColors>;

export const PLAIN: Colours = pc.createColors(false);

/** NO_COLOR and FORCE_COLOR as their pages say; else colours on a terminal. */
export function coloursFor(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Colours {
  if (environment.NO_COLOR) return PLAIN;
  const forced = environment.FORCE_COLOR;
  const wanted = forced ? forced !== "0" : stream.isTTY === true && environment.TERM !== "dumb";
  return pc.createColors(wanted);
}
