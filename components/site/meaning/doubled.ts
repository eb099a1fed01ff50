import type { Fault } from "../fault.ts";
import { byPath, few, type Named, namesAt } from "./names.ts";
import { targetOf } from "./target.ts";

interface Once {
  readonly selector: string;
  readonly kind: string;
  readonly allowed: string;
}

const once = (selector: string, kind: string): Once => ({ selector, kind, allowed: `each ${kind} once` });

/** Where a name may stand but once. */
export const ONCE: readonly Once[] = [
  once("power.services[].id", "service"),
  once("power.generation[].id", "plant"),
  once("power.distribution[].id", "level"),
  once("power.asBuilt[].id", "node"),
  once("cooling.levels[].id", "level"),
  once("power.curtailment.agreements[].id", "agreement"),
  once("buildings[].id", "building"),
  once("phases[].id", "phase"),
  once("network.fabrics[].id", "fabric"),
  once("pools[].id", "pool"),
  once("serving.tenants[].id", "tenant"),
  once("serving.endpoints[].id", "endpoint"),
  { selector: "phases[].buildings[]", kind: "building", allowed: "each building in one phase only" },
  once("target.zones[]", "zone"),
];
/** Racks are counted once; instances come to a phase pool by pool. */
const ONCE_WITH_RACKS: Once = {
  selector: "pools[].phase",
  kind: "phase",
  allowed: "the racks of a phase in one pool only",
};

export const doubledNames = (root: unknown): readonly Fault[] =>
  (targetOf(root) === "aws" ? ONCE : [...ONCE, ONCE_WITH_RACKS]).flatMap((each) =>
    doubled(namesAt(root, each.selector).names, each),
  );

function doubled(names: readonly Named[], { kind, allowed }: Once): readonly Fault[] {
  const first = new Map<string, string>();
  const again = names.filter(({ id, path }) => {
    const earlier = first.get(id);
    if (earlier === undefined) first.set(id, path);
    return earlier !== undefined;
  });
  return byPath(again).map(({ path, ids }) => ({
    path,
    problem: `${kind} stands twice`,
    got: `${few(ids)}, already at ${first.get(ids[0] ?? "")}`,
    allowed,
    fix: "rename it, or take one out",
  }));
}
