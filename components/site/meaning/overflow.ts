import type { Fault } from "../fault.ts";
import { type FoundText, select, selectTexts } from "../select.ts";

interface Lending {
  readonly home: string;
  readonly homeType: unknown;
  readonly target: FoundText;
}

/**
 * Pools that lend their idle nodes: of the same instances, since a copy is made for one; to one pool alone, and with no
 * overflow of their own, so that what is asked for can be held against what there is pool by pool.
 */
export function overflowFaults(root: unknown): readonly Fault[] {
  const pools = select(root, "pools[]").found.map(({ value, path }) => ({
    id: select(value, "id").found[0]?.value,
    type: select(value, "instances.type").found[0]?.value,
    targets: selectTexts(value, "overflow[]").found.map((found) => ({ ...found, path: `${path}.${found.path}` })),
  }));
  const lendings = pools.flatMap(({ id, type, targets }) =>
    targets.map((target): Lending => ({ home: String(id), homeType: type, target })),
  );
  const ofPool = new Map(pools.map((pool) => [pool.id, pool]));
  return lendings.flatMap(({ home, homeType, target }, index) => {
    const lender = ofPool.get(target.value);
    if (lender === undefined) return [];
    const fault = (problem: string, allowed: string, fix: string): Fault => ({
      path: target.path,
      problem,
      got: target.value,
      allowed,
      fix,
    });
    if (target.value === home) return [fault("a pool overflows into itself", "another pool", "delete it")];
    if (lender.targets.length > 0)
      return [fault("has overflow of its own", "a pool without overflow", `name its pools in ${home} as well`)];
    if (lendings.findIndex((other) => other.target.value === target.value) < index)
      return [fault("lends its nodes already", "a pool that lends to one pool", "delete one of the two")];
    if (lender.type !== homeType)
      return [fault("other instances", `a pool of ${homeType}`, "rent the same instances, or delete it")];
    return [];
  });
}
