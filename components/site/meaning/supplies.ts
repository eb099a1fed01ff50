import type { Fault } from "../fault.ts";
import { select } from "../select.ts";
import { figureOf } from "./figure.ts";

/** A supply ends after it starts, and holds no more firm than it lets draw. */
export const supplyFaults = (root: unknown): readonly Fault[] => [
  ...["power.services[]", "power.generation[]"].flatMap((selector) => endsBeforeItStarts(root, selector)),
  ...moreFirmThanContracted(root),
];

function endsBeforeItStarts(root: unknown, selector: string): readonly Fault[] {
  return select(root, selector).found.flatMap(({ value, path }) => {
    const from = select(value, "from").found[0]?.value;
    const until = select(value, "until").found[0]?.value;
    if (typeof from !== "string" || typeof until !== "string" || until >= from) return [];
    const fix = "swap the two, or mend one";
    return [{ path: `${path}.until`, problem: "ends before it starts", got: until, allowed: `${from} or later`, fix }];
  });
}

function moreFirmThanContracted(root: unknown): readonly Fault[] {
  return select(root, "power.services[]").found.flatMap(({ value, path }) => {
    const [contracted, firm] = ["contracted", "firm"].map((key) => {
      const [found] = select(value, key).found;
      return found === undefined ? null : figureOf("power", { value: found.value, path: `${path}.${key}` });
    });
    if (!contracted || !firm || firm.value <= contracted.value) return [];
    const allowed = `at most the ${contracted.written} contracted`;
    const fix = "mend one of the two";
    return [{ path: firm.path, problem: "more firm than contracted", got: firm.written, allowed, fix }];
  });
}
