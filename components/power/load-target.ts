import type { CurtailmentPlan, LedgerRow } from "./power-types.ts";

/**
 * Payload of the event grid.loadtarget.set.v1 of NVIDIA DSX Flex 1.7 (NVIDIA/dsx-exchange, schemas/asyncapi/dsx-flex,
 * Apache-2.0). Its sender wraps it into a signed CloudEvent.
 */
export interface LoadTargets {
  readonly targets: readonly [LoadTarget];
}

interface LoadTarget {
  /** RFC 3339 in UTC. Without a start it holds from now on, without an end until it is replaced. */
  readonly interval: { readonly start_time?: string; readonly end_time?: string };
  readonly feed_tags: readonly string[];
  readonly load_constraint: { readonly value: number; readonly unit: "watt" };
  /** False: what is called for has to go, and not only as much as does not disturb. */
  readonly strategy: { readonly best_effort: boolean };
}

/** The call as DSX Flex says it: what may still be drawn, on the services that supply then. Null where the load is not known. */
export function loadTargets(call: CurtailmentPlan, row: LedgerRow, start: Date | null): LoadTargets | null {
  const { meter, required, durationSeconds } = call;
  if (meter.missing.length > 0 || required.missing.length > 0) return null;
  if (start !== null && durationSeconds === null) return null;
  const end = start === null ? null : new Date(start.getTime() + Number(durationSeconds) * 1_000);
  return {
    targets: [
      {
        interval:
          start === null || end === null ? {} : { start_time: start.toISOString(), end_time: end.toISOString() },
        feed_tags: row.supplies.map(({ id }) => id),
        load_constraint: { value: meter.known - required.known, unit: "watt" },
        strategy: { best_effort: false },
      },
    ],
  };
}
