/** Marks that are drawn over the letter before them. */
const MARK = /\p{Mn}|\p{Me}|[\u200b-\u200d]/u;
/** Letters of East Asia and pictures, two columns wide on a terminal (Unicode's East Asian Width W and F, by block). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns that a text takes on a terminal. */
export const displayWidth = (text: string): number => [...text].reduce((sum, letter) => sum + widthOf(letter), 0);

const widthOf = (letter: string): number => (MARK.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1);

/** The longest start of a text that fits so many columns. */
export function startWithin(text: string, columns: number): string {
  let width = 0;
  let start = "";
  for (const letter of text) {
    width += widthOf(letter);
    if (width > columns) return start;
    start += letter;
  }
  return start;
}

/** The longest end of a text that fits so many columns. */
export function endWithin(text: string, columns: number): string {
  let width = 0;
  let end = "";
  for (const letter of [...text].reverse()) {
    width += widthOf(letter);
    if (width > columns) return end;
    end = letter + end;
  }
  return end;
}
