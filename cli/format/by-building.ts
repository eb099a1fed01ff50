/** Rows of a table, those that say the same of several buildings as one, with the buildings behind. */
export function byBuilding<Item extends { readonly building: string }>(
  items: readonly Item[],
  cellsOf: (item: Item) => readonly string[],
): readonly (readonly string[])[] {
  const groups = Map.groupBy(items, (item) => JSON.stringify(cellsOf(item)));
  return [...groups].map(([cells, group]) => [
    ...(JSON.parse(cells) as readonly string[]),
    span(group.map(({ building }) => building)),
  ]);
}

const span = (ids: readonly string[]): string =>
  ids.length <= 2 ? ids.join(", ") : `${ids[0]} … ${ids.at(-1)} (${ids.length})`;
