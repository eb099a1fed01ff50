const MAX_LENGTH = 64;
const MAX_KNOWN = 1_000;

/**
 * The known word nearest to what was written, where it is near enough to be meant: "did you mean". Without one, the
 * only word that goes on where it stops. Of very many words only the first thousand are looked at.
 */
export function nearest(got: string, known: readonly string[]): string | null {
  if (got.length > MAX_LENGTH) return null;
  const words = known.slice(0, MAX_KNOWN);
  const limit = Math.max(1, Math.floor(got.length / 3));
  let best: { readonly word: string; readonly distance: number } | null = null;
  for (const word of words) {
    if (Math.abs(word.length - got.length) > limit) continue;
    const distance = editDistance(got.toLowerCase(), word.toLowerCase());
    if (distance > limit) continue;
    if (best === null || distance < best.distance || (distance === best.distance && word < best.word)) {
      best = { word, distance };
    }
  }
  return best?.word ?? onlyLonger(got, words);
}

/** The known word that was meant, as a fix; where none is near, the other way on. */
export function didYouMean(got: string, known: readonly string[], otherwise: string): string {
  const near = nearest(got, known);
  return near === null ? otherwise : `did you mean ${near}?`;
}

function onlyLonger(got: string, words: readonly string[]): string | null {
  const longer = got.length < 3 ? [] : words.filter((word) => word.startsWith(got));
  return longer.length === 1 ? (longer[0] ?? null) : null;
}

/** Edits that turn one word into the other: insert, delete, replace, swap of neighbours (optimal string alignment). */
function editDistance(from: string, to: string): number {
  let before: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const cost = from[row - 1] === to[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        at(above, column) + 1,
        at(current, column - 1) + 1,
        at(above, column - 1) + cost,
        swapped ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = above;
    above = current;
  }
  return at(above, to.length);
}

const at = (row: readonly number[], column: number): number => row[column] ?? 0;
