import type { Plan } from "../../../components/plan-types.ts";
import type { CurtailmentPlan, ShedPlan } from "../../../components/power/power-types.ts";
import { furthestState } from "../../../components/site/phase-state.ts";
import type { Input } from "../../finding.ts";
import { inWatts, needAndHave } from "../../message.ts";
import { limitTerm, needFactor, needTotal, type Rule, type Subject } from "../../rule.ts";
import { type Enforcement, enforcementOf } from "../../shed-enforcement.ts";

/** What the grid may call for can go, in time, for long enough, by something that really does it. */
export const curtailment: Rule = {
  id: "power/curtailment",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: "accepted",
  claim: "load that an agreement calls for ≤ load that goes down in time",
  why: "a call that is not answered costs the agreement, and with it the grid connection that rests on it",
  formula:
    "IT load × PUE × reduction ≤ Σ savings of the steps, in order, that act within the time, may last, and are enforced; cooling that falls with the load is not counted",
  source:
    "NVIDIA DSX Flex: load targets, actions power_cap and suspend by priority; Kueue stop policy of a queue; NVIDIA Dynamo power agent (annotation dynamo.nvidia.com/gpu-power-limit); catalog: TDP, idle power and power range of the GPUs",
  inputs:
    "power.curtailment, planned load at the meter, pools and endpoints; registered ClusterQueues and workloads of the pools",
  pass: "the steps take off as much as is called for",
  fail: "they do not: too little, too slow, too short, or nothing enforces them",
  unproved: "a load, a time, a saving or what enforces a step is not known",
  fix: "add steps to power.curtailment.shed, or agree on less",
  manualCheck:
    "add up the savings of the steps in millrace plan, and hold the load at the meter times the reduction against it",
  notApplicable: "the site has no agreement to draw less",
  subjects: ({ plan, registered }) => {
    const enforcement = enforcementOf(registered);
    return plan.curtailment.map((call) => subject(call, plan, enforcement));
  },
};

function subject(call: CurtailmentPlan, plan: Plan, enforcement: Enforcement): Subject {
  const { agreement, quarter, meter, at } = call;
  const used = call.steps.filter((step) => step.used);
  const steps = used.map((step) => ({ step, enforced: step.refused === null ? enforcement(step) : false }));
  const idle = steps.filter(({ step, enforced }) => step.refused !== null || enforced === false);
  return {
    id: `${agreement}.${quarter}`,
    at,
    state: furthestState(plan.phases.filter(({ id }) => call.phases.includes(id))),
    claim: "at-most",
    unit: "W",
    inputs: [
      ...needTotal(meter, { name: "load at the meter", part: "part of the load", from: "power.pue" }),
      needFactor({ name: "reduction", value: call.reduction, from: `${at}.reduction` }),
      ...decisive(steps, call).flatMap(({ step, enforced }) => stepInputs(step, enforced)),
    ],
    message: (judged) =>
      `${agreement} from ${quarter}: ${needAndHave({ need: "less at the meter", have: `from ${used.length - idle.length} of ${call.steps.length} steps` }, inWatts)(judged)}${notCounted(idle)}`,
    fix: ({ margin }) =>
      margin !== null && margin < 0
        ? `${inWatts(-Number(margin))} more from steps in power.curtailment.shed, or a smaller reduction`
        : curtailment.fix,
  };
}

/** Savings are ≥ 0: where those that are sure are enough, one that is not known takes nothing away. */
function decisive(steps: readonly Judged[], { required }: CurtailmentPlan): readonly Judged[] {
  const sure = steps.filter(({ step, enforced }) => enforced === false || (enforced && step.missing.length === 0));
  const saved = sure.reduce((sum, { step, enforced }) => sum + (enforced ? (step.saves ?? 0) : 0), 0);
  return required.missing.length === 0 && saved >= required.known ? sure : steps;
}

/** A step counts as planned where it is enforced; what is missing of it is missing of the sum. */
function stepInputs(step: ShedPlan, enforced: boolean | null): readonly Input[] {
  const name = `${step.action} of ${step.endpoint ?? step.pool}`;
  if (enforced === false) return [limitTerm("W", { name: `${name}, not counted`, value: 0, from: step.at })];
  if (enforced === null) {
    return [limitTerm("W", { name: `whether ${step.enforcedBy} enforces ${name}`, value: null, from: step.at })];
  }
  if (step.missing.length > 0) return step.missing.map((from) => limitTerm("W", { name, value: null, from }));
  return [limitTerm("W", { name, value: step.saves, from: step.at })];
}

interface Judged {
  readonly step: ShedPlan;
  readonly enforced: boolean | null;
}

const notCounted = (steps: readonly Judged[]): string =>
  steps.length === 0
    ? ""
    : `; not counted: ${steps
        .map(
          ({ step }) =>
            `${step.endpoint ?? step.pool} (${step.refused ?? `nothing that is registered lets ${step.enforcedBy} do it`})`,
        )
        .join(", ")}`;
