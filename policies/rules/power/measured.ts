import type { Plan, PoolPlan } from "../../../components/plan-types.ts";
import { powerAlerts } from "../../../components/power/power-alerts.ts";
import { inputsMessage } from "../../message.ts";
import { poolSubject } from "../../pool-subject.ts";
import { flattened, type RegisteredObject } from "../../registered.ts";
import { registeredAs } from "../../registered-as.ts";
import { type Context, condition, type Rule, type Subject } from "../../rule.ts";

/** What a pool draws is measured and held against its budget, and somebody is called where it is not. */
export const measured: Rule = {
  id: "power/measured",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: "accepted",
  claim: "alerts on measured power of an open pool are registered as planned",
  why: "a quota counts what workloads ask for: what is really drawn shows only at the meter of each GPU",
  formula: "the PrometheusRule of the pool is registered with the planned expressions, limits and delays",
  source: "NVIDIA DCGM exporter: DCGM_FI_DEV_POWER_USAGE; Prometheus operator: PrometheusRule",
  inputs: "power.alerts, registered PrometheusRules, budget and usable GPUs of the pool",
  pass: "the rules are registered, word for word",
  fail: "they are missing, or hold the power against something else",
  unproved: "the blueprint names no Prometheus, the size of the pool is unknown, or a part of the rules is not known",
  fix: "add power.alerts with the namespace and release of the Prometheus that watches the cluster",
  manualCheck: "kubectl get prometheusrule -A -l millrace.dev/pool; in Prometheus: millrace:power_watts:sum",
  notApplicable: "no pool of racks is open: the power of rented instances is the landlord's to budget",
  subjects: (context) => {
    const objects = flattened(context.registered);
    return context.plan.pools
      .filter(({ held, racks }) => !held && racks !== null)
      .map((pool) => subject(pool, context, objects));
  },
};

function subject(pool: PoolPlan, { plan, catalog }: Context, objects: readonly RegisteredObject[]): Subject {
  const inputs = plannedAlerts(pool, plan, catalog).map((planned) => {
    const { holds, from } = planned === null ? { holds: null, from: "power" } : registeredAs(planned, objects);
    return condition(`alerts on the power of ${pool.id} are registered as planned`, holds, from);
  });
  return poolSubject(
    pool,
    plan.alerts === null ? "power" : pool.at,
    inputs,
    () => `pool ${pool.id}: ${inputsMessage("its measured power is held against the budget", inputs)}`,
  );
}

/** Null where nothing can be planned: no Prometheus is named, or the size of the pool is not known. */
function plannedAlerts(pool: PoolPlan, { site, alerts }: Plan, { operations }: Context["catalog"]) {
  const planned = alerts === null ? [] : powerAlerts(site, pool, alerts, operations.alerts);
  return planned.length === 0 ? [null] : planned;
}
