import type { InstancesPlan } from "../../components/compute/compute-types.ts";
import type { Plan, PoolPlan } from "../../components/plan-types.ts";
import { microUsd, showUsd } from "../../components/quantity.ts";
import { showCount } from "./shown.ts";
import { type Table, table } from "./table.ts";

/** The nodes that a site rents: where, by what right, with what fabric, at what price; null where it rents none. */
export function instanceTable(plan: Plan): Table | null {
  const rented = plan.pools.flatMap((pool) => (pool.instances === null ? [] : [row(pool, pool.instances)]));
  return rented.length === 0
    ? null
    : table(["pool", "instance", "zone", ">nodes", ">GPUs", ">EFA", "had by", ">an hour"], rented);
}

const row = (pool: PoolPlan, instances: InstancesPlan): readonly string[] => [
  pool.id,
  pool.system,
  instances.zone,
  showCount(instances.count),
  showCount(pool.gpus),
  showCount(instances.efaDevices),
  hadBy(pool, instances),
  showUsd(instances.price.value === null ? null : microUsd(instances.price.value * BigInt(instances.billed))),
];

function hadBy({ capacity }: PoolPlan, { reservation }: InstancesPlan): string {
  if (reservation === null) return capacity;
  return reservation.kind === "capacity-block"
    ? `until ${reservation.until.slice(0, 10)}`
    : `reserved, ${reservation.count}`;
}
