const RUN = /^(.*)\{(\d{1,4})\.\.(\d{1,4})\}(.*)$/;

/** The ids that a template stands for: "b{3..10}" is b3 to b10, a plain id is itself, a falling run is none. */
export function expandIds(template: string): readonly string[] {
  const [, before = "", first = "", last = "", after = ""] = RUN.exec(template) ?? [];
  if (first === "") return [template];
  const count = Math.max(0, Number(last) - Number(first) + 1);
  return Array.from({ length: count }, (_, index) => `${before}${Number(first) + index}${after}`);
}
