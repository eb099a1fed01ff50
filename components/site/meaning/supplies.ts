import type { Fault } from "../fault.ts";
import { select } from "../select.ts";

/** A supply ends after it starts. */
export const supplyFaults = (root: unknown): readonly Fault[] =>
  ["power.services[]", "power.generation[]"].flatMap((selector) =>
    select(root, selector).found.flatMap(({ value, path }) => {
      const from = select(value, "from").found[0]?.value;
      const until = select(value, "until").found[0]?.value;
      if (typeof from !== "string" || typeof until !== "string" || until >= from) return [];
      const fix = "swap the two, or mend one";
      return [
        { path: `${path}.until`, problem: "ends before it starts", got: until, allowed: `${from} or later`, fix },
      ];
    }),
  );
