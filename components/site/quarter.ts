/** Quarters of a year, "2026-Q4", which sort as text. */
export const isWithin = (quarter: string, from: string, until: string | undefined): boolean =>
  quarter >= from && (until === undefined || quarter <= until);

export function nextQuarter(quarter: string): string {
  const year = Number(quarter.slice(0, 4));
  const number = Number(quarter.slice(6));
  return number === 4 ? `${year + 1}-Q1` : `${year}-Q${number + 1}`;
}

/** Every quarter from the first to the last, both included. */
export function quartersBetween(first: string, last: string): readonly string[] {
  const quarters = [];
  for (let quarter = first; quarter <= last; quarter = nextQuarter(quarter)) quarters.push(quarter);
  return quarters;
}
