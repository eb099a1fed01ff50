/**
 * Names that a numbering lacks: of P22.0 and P23.1 among pairs, P22.1 and P23.0; of swp1 and swp3, swp2. A numbering of
 * which more is missing than there is, is none.
 */
export function missingNames(names: readonly string[]): readonly string[] {
  const numbered = names.filter((name) => NUMBERED.test(name));
  const families = Map.groupBy(numbered, (name) => name.replace(NUMBERED, "$1 $3"));
  return [...families.values()].flatMap(missingIn);
}

/** A word, a number, and where there is one, a sign and a second number. */
const NUMBERED = /^(.*?[^\d.:/-]|)(\d{1,5})(?:([.:/-]|[a-z]{1,2})(\d{1,5}))?$/;

function missingIn(family: readonly string[]): readonly string[] {
  const parts = family.map((name) => NUMBERED.exec(name) ?? []);
  const [, prefix = "", , sign = ""] = parts[0] ?? [];
  const firsts = range(parts.map((part) => Number(part[2])));
  const seconds = sign === "" ? [""] : [...new Set(parts.map((part) => part[4] ?? ""))];
  if (firsts.length * seconds.length > 2 * family.length) return [];
  const present = new Set(family);
  return firsts
    .flatMap((first) => seconds.map((second) => `${prefix}${first}${sign}${second}`))
    .filter((name) => !present.has(name));
}

function range(numbers: readonly number[]): readonly number[] {
  const first = numbers.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  const last = numbers.reduce((most, each) => Math.max(most, each), 0);
  return last - first > 2 * numbers.length ? [] : Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
