import type { Fault } from "../fault.ts";
import { type Found, select } from "../select.ts";
import { type Building, buildingsOfPhases, racksOf } from "./buildings.ts";
import { namesAt } from "./names.ts";

const MAX_RACKS = 2_000_000;

/** A pool is one kind of node and keeps racks in service; the site stays within what can be planned. */
export function poolFaults(root: unknown): readonly Fault[] {
  const phases = buildingsOfPhases(root);
  const pools = select(root, "pools[]").found;
  return [
    ...tooManyRacks(root),
    ...pools.flatMap((pool) => [...mixed(pool, phases), ...noRackInService(pool, phases)]),
  ];
}

function tooManyRacks(root: unknown): readonly Fault[] {
  let racks = 0;
  for (const { value, path } of select(root, "buildings[]").found) {
    racks += namesAt(value, "id").names.length * (racksOf(value) ?? 0);
    if (racks > MAX_RACKS) {
      const fix = "check the run of ids, halls, podsPerHall and racksPerPod";
      const got = `${racks} up to this building`;
      return [{ path, problem: "too many racks", got, allowed: `at most ${MAX_RACKS}`, fix }];
    }
  }
  return [];
}

type Phases = ReadonlyMap<unknown, readonly Building[]>;

function mixed({ value, path }: Found, phases: Phases): readonly Fault[] {
  const phase = select(value, "phase").found[0]?.value;
  const systems = [...new Set((phases.get(phase) ?? []).flatMap(({ system }) => system ?? []))].sort();
  const fix = "split the phase, one system each";
  return systems.length <= 1
    ? []
    : [
        {
          path: `${path}.phase`,
          problem: "pool of mixed systems",
          got: systems.join(", "),
          allowed: "one system a pool",
          fix,
        },
      ];
}

function noRackInService({ value, path }: Found, phases: Phases): readonly Fault[] {
  const phase = select(value, "phase").found[0]?.value;
  const spares = select(value, "spareRacks").found[0]?.value;
  const buildings = phases.get(phase) ?? [];
  if (buildings.length === 0 || typeof spares !== "number") return [];
  let racks = 0;
  for (const building of buildings) {
    if (building.racks === null) return [];
    racks += building.racks;
  }
  const allowed = `fewer than the ${racks} racks of ${String(phase)}`;
  const fix = "keep at least one rack in service";
  return spares < racks
    ? []
    : [{ path: `${path}.spareRacks`, problem: "no rack left in service", got: String(spares), allowed, fix }];
}
