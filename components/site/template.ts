/** A run of ids: b{3..10}. */
export interface IdRun {
  readonly first: number;
  readonly last: number;
}

const RUN = /^([a-z][a-z0-9-]*)\{(\d{1,4})\.\.(\d{1,4})\}([a-z0-9-]*)$/;

/**
 * The ids that a template stands for: "b{3..10}" is b3 to b10, "b{08..10}" is b08 to b10, a plain id is itself,
 * a falling run is none.
 */
export function expandIds(template: string): readonly string[] {
  const [, before, first = "", last = "", after = ""] = RUN.exec(template) ?? [];
  if (before === undefined) return [template];
  const count = Math.max(0, Number(last) - Number(first) + 1);
  const number = (index: number) => String(Number(first) + index).padStart(first.length, "0");
  return Array.from({ length: count }, (_, index) => `${before}${number(index)}${after}`);
}

/** The numbers of a run, or null for a plain id. */
export function runOf(template: string): IdRun | null {
  const [, , first, last] = RUN.exec(template) ?? [];
  return first === undefined ? null : { first: Number(first), last: Number(last) };
}
