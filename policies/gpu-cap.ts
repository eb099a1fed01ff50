import type { PoolPlan } from "../components/plan-types.ts";
import { capPolicy, POWER_LIMIT_ANNOTATION } from "../components/power/gpu-cap-policy.ts";
import { type RegisteredObject, readText, type Text, UNKNOWN } from "./registered.ts";
import { registeredAs } from "./registered-as.ts";
import type { Workload } from "./workload.ts";

/** Something that holds, does not, or is not known. */
export interface Held {
  readonly name: string;
  readonly holds: boolean | null;
  readonly from: string;
}

/**
 * What must be registered so that the cap of a pool is really set: the policy by which the API server refuses pods
 * without it, word for word, and the limit on every pod of ours. That the agent runs on the nodes is told by the
 * blueprint, and by the alert on GPUs above their cap.
 */
export function capHolds(
  site: string,
  pool: PoolPlan,
  objects: readonly RegisteredObject[],
  workloads: readonly { readonly workload: Workload; readonly certain: boolean }[],
): readonly Held[] {
  const limit = pool.cap?.enforced ?? 0;
  return [
    ...capPolicy(site, pool).map((planned) => ({
      name: `${planned.kind} ${planned.metadata.name} is registered as planned`,
      ...registeredAs(planned, objects),
    })),
    ...workloads.flatMap(({ workload, certain }) =>
      workload.templates
        .filter(({ gpus }) => gpus !== 0)
        .map(({ template }) => {
          const stated = readText(template, "metadata", "annotations", POWER_LIMIT_ANNOTATION);
          const holds = template === UNKNOWN || stated === UNKNOWN ? null : isWithin(stated, limit);
          return {
            name: `${workload.kind} ${workload.name} limits its GPUs to ${limit} W`,
            holds: holds === false && !certain ? null : holds,
            from: workload.urn,
          };
        }),
    ),
  ];
}

const isWithin = (stated: Text, limit: number): boolean =>
  typeof stated === "string" && /^[1-9]\d{0,5}$/.test(stated) && Number(stated) <= limit;
