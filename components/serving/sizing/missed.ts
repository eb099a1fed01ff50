import type { Interval, ObjectivePlan, OperationPlan } from "../capacity-plan.ts";
import type { Traffic } from "../traffic/arrivals.ts";
import { hardlyLoaded } from "./operation.ts";
import type { ServiceModel } from "./service-model.ts";

/** Which promise is broken, or not kept for sure, though hardly anything is asked. */
export function missed(model: ServiceModel, traffic: Traffic, objective: ObjectivePlan): string {
  const light = hardlyLoaded(model, traffic);
  return light === null ? "requests pile up at any load" : missedBy(light, objective);
}

function missedBy(light: OperationPlan, objective: ObjectivePlan): string {
  const over = [
    lateBy("first token", light.timeToFirstTokenS, objective.timeToFirstTokenS),
    lateBy("gap between tokens", light.interTokenS, objective.interTokenS),
  ].filter((each) => each !== null);
  return over.length > 0 ? over.join(", ") : "kept at hardly any load only";
}

const lateBy = (what: string, { value, high }: Interval, limit: number): string | null =>
  high > limit ? `${what} ${ms(value)}, up to ${ms(high)}, promised ${ms(limit)}` : null;

const ms = (seconds: number): string =>
  seconds >= 1 ? `${Number(seconds.toPrecision(3))} s` : `${Number((seconds * 1e3).toPrecision(3))} ms`;
