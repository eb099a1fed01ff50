import type { Fault } from "../fault.ts";
import { select } from "../select.ts";

/** An endpoint that goes down is one of the pool that is named. */
export function curtailmentFaults(root: unknown): readonly Fault[] {
  const pools = new Map(
    select(root, "serving.endpoints[]").found.map(({ value }) => [
      select(value, "id").found[0]?.value,
      select(value, "pool").found[0]?.value,
    ]),
  );
  return select(root, "power.curtailment.shed[]").found.flatMap(({ value, path }) => {
    const endpoint = select(value, "endpoint").found[0]?.value;
    const pool = select(value, "pool").found[0]?.value;
    const own = pools.get(endpoint);
    if (typeof endpoint !== "string" || typeof own !== "string" || typeof pool !== "string" || own === pool) return [];
    return [
      {
        path: `${path}.endpoint`,
        problem: "endpoint of another pool",
        got: `${endpoint}, on ${own}`,
        allowed: `an endpoint on ${pool}`,
        fix: `write pool: ${own}, or name another endpoint`,
      },
    ];
  });
}
