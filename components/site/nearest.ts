/** The known word nearest to what was written, where it is near enough to be meant: "did you mean". */
export function nearest(got: string, known: readonly string[]): string | null {
  const limit = Math.max(1, Math.floor(got.length / 3));
  if (got === "" || got.length > MAX_LENGTH) return null;
  const ranked = known
    .filter((word) => Math.abs(word.length - got.length) <= limit)
    .map((word) => ({ word, distance: editDistance(got.toLowerCase(), word.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((left, right) => left.distance - right.distance || (left.word < right.word ? -1 : 1));
  return ranked[0]?.word ?? null;
}

const MAX_LENGTH = 64;

/** Edits that turn one word into the other: insert, delete, replace, swap of neighbours (optimal string alignment). */
function editDistance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const cost = from[row - 1] === to[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        at(rows, row - 1, column) + 1,
        (current[column - 1] ?? 0) + 1,
        at(rows, row - 1, column - 1) + cost,
        swapped ? at(rows, row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    rows.push(current);
  }
  return at(rows, from.length, to.length);
}

const at = (rows: readonly (readonly number[])[], row: number, column: number): number => rows[row]?.[column] ?? 0;
