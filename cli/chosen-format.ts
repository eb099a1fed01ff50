import { didYouMean } from "../components/site/nearest.ts";
import { Problem } from "./problem.ts";

/** `--format`: one of the forms that a command knows; the first where none is named. */
export function chosenFormat<Format extends string>(
  text: string | undefined,
  formats: readonly [Format, ...Format[]],
): Format {
  if (text === undefined) return formats[0];
  const found = formats.find((format) => format === text);
  if (found !== undefined) return found;
  const allowed = formats.join(", ");
  throw new Problem({ what: "--format", got: text, allowed, fix: didYouMean(text, formats, `write ${formats[0]}`) });
}
