import type { CapacityPlan, OperationPlan, PredictedCapacity } from "../../../components/serving/capacity-plan.ts";
import type { Input } from "../../finding.ts";
import { inputsMessage } from "../../message.ts";
import { type Context, condition, type Rule, type RuleText, type Subject } from "../../rule.ts";

/** A rule on what an endpoint is predicted to do: what is not known leaves it open, what is refused breaks it. */
export const capacityRule = (
  text: RuleText,
  holds: string,
  inputsOf: (capacity: PredictedCapacity, at: string) => readonly Input[],
): Rule => ({
  ...text,
  subjects: (context) => context.plan.capacity.map((each) => subject(each, context, holds, inputsOf)),
});

function subject(
  { endpoint, at, outcome }: CapacityPlan,
  { plan }: Context,
  holds: string,
  inputsOf: (capacity: PredictedCapacity, at: string) => readonly Input[],
): Subject {
  const pool = plan.endpoints.find(({ id }) => id === endpoint)?.pool;
  const inputs =
    outcome.kind === "unknown"
      ? outcome.missing.map((path) => condition(nameOf(path), null, path))
      : outcome.kind === "refused"
        ? [condition(outcome.why, false, `${at}.precision`)]
        : inputsOf(outcome, at);
  return {
    id: `endpoints.${endpoint}`,
    at,
    state: plan.pools.find(({ id }) => id === pool)?.state ?? null,
    claim: "all-of",
    unit: "",
    inputs,
    message: () =>
      `endpoint ${endpoint}: ${inputsMessage(holds, inputs, (name) => (outcome.kind === "refused" ? name : `not so: ${name}`))}`,
  };
}

/** "traffic.peak" of "serving.endpoints[0].traffic.peak". */
const nameOf = (path: string): string => path.replace(/^serving\.endpoints\[\d+\]\./, "");

/** Both promises at one load: kept where the slow end of the interval keeps them, broken where the fast end does not. */
export function promisesKept(
  operation: OperationPlan | null,
  { objective }: PredictedCapacity,
  when: string,
  at: string,
): readonly Input[] {
  if (operation === null) return [condition(`requests do not pile up ${when}`, false, `${at}.replicas`)];
  return [
    promise(
      `first token ${when}`,
      operation.timeToFirstTokenS,
      objective.timeToFirstTokenS,
      `${at}.objective.timeToFirstToken`,
    ),
    promise(`gap between tokens ${when}`, operation.interTokenS, objective.interTokenS, `${at}.objective.interToken`),
  ];
}

function promise(what: string, { low, value, high }: OperationPlan["interTokenS"], limit: number, from: string): Input {
  const kept = high <= limit ? true : low > limit ? false : null;
  return condition(`${what} ${ms(value)} (${ms(low)} to ${ms(high)}) within ${ms(limit)}`, kept, from);
}

const ms = (seconds: number): string =>
  seconds >= 1 ? `${Number(seconds.toPrecision(3))} s` : `${Number((seconds * 1e3).toPrecision(3))} ms`;
