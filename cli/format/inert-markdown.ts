import { inert } from "../../components/site/show-fault.ts";

const MAX_TEXT = 1_200;
const MAX_CODE = 240;
const NO_WIDTH = "\u200b";

/**
 * Text that a code host shows as it is. Markup is escaped. Mentions, references and bare links are looked for in what is
 * shown, where an escape is gone again: a space without width inside the word keeps them from being found.
 */
export function text(value: string): string {
  return inert(value, MAX_TEXT)
    .replace(/[\\`*_{}[\]<>~|&$!]/g, "\\$&")
    .replace(/[@#]/g, `$&${NO_WIDTH}`)
    .replace(/\b(gh)(-\d)/gi, `$1${NO_WIDTH}$2`)
    .replace(/(https?|ftp|www|mailto|xmpp)(?=[:.])/gi, (word) => `${word.slice(0, 1)}${NO_WIDTH}${word.slice(1)}`)
    .replace(/[0-9a-f]{7,}/gi, (word) => word.replace(/.{3}(?=.)/g, `$&${NO_WIDTH}`));
}

/** A code span, which its own content can neither close nor turn into a column. */
export function code(value: string): string {
  const shown = inert(value, MAX_CODE).replaceAll("`", "ˋ").replaceAll("|", "¦").trim();
  return shown === "" ? "" : `\`${shown}\``;
}
