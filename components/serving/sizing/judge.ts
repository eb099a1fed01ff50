import type { Parallel } from "../capacity/parallel.ts";
import { trafficOf } from "../question.ts";
import { TOLD_OF, widthsOf } from "../roles.ts";
import { capBelow } from "./energy.ts";
import { fleetOf, lackOf, worth } from "./fleet.ts";
import { formatRefusal } from "./format-support.ts";
import type { Candidate, Feasible, Layout, SizedFormat } from "./sizing-types.ts";
import { modelFor, once, refused, type Sought, type Verdict } from "./sought.ts";
import { answersPart, promptsPart, splitWay } from "./split.ts";
import { neededBy, type Part, tokensPerGpu, type Way, wholeWay } from "./way.ts";

interface Unfit {
  readonly unfit: string;
}

/** A way with the copies that the peak needs, or what it misses of the objective. */
interface Counted {
  readonly way: Way;
  readonly lacking: string | null;
  readonly needed: readonly number[] | null;
}

/** Judges candidates of one question; what several of them share is worked out once. */
export function judge(sought: Sought): (candidate: Candidate) => Verdict {
  const wayOf = waysOf(sought);
  const counted = once((format: SizedFormat, layout: Layout): Counted | Unfit => {
    const way = wayOf(format, layout);
    if ("unfit" in way) return way;
    const lacking = lackingOf(way);
    return { way, lacking, needed: lacking === null ? neededBy(way, sought.demand.peakRequestsPerS) : null };
  });
  return ({ format, layout, copiesTimes }) => {
    const why = formatRefusal(format, sought.architecture, sought.gpu);
    if (why !== null) return refused("format", why);
    const count = counted(format, layout);
    return "unfit" in count ? refused("memory", count.unfit) : judged(sought, count, copiesTimes);
  };
}

function waysOf(sought: Sought): (format: SizedFormat, layout: Layout) => Way | Unfit {
  const { objective } = sought;
  const served = once((format: SizedFormat, parallel: Parallel) => modelFor(sought, format, parallel));
  const whole = once((format: SizedFormat, parallel: Parallel): Way | Unfit => {
    const model = served(format, parallel);
    return "refused" in model ? { unfit: model.refused } : wholeWay(parallel, model, trafficOf(sought), objective);
  });
  const part = (make: typeof promptsPart, what: string) =>
    once((format: SizedFormat, parallel: Parallel): Part | Unfit => {
      const model = served(format, parallel);
      return "refused" in model ? { unfit: `${what}: ${model.refused}` } : make(sought, parallel, model);
    });
  const [prompts, answers] = [part(promptsPart, "prompts"), part(answersPart, "answers")];
  return (format, layout) => {
    if (layout.kind === "together") return whole(format, layout.parallel);
    const [first, second] = [prompts(format, layout.prefill), answers(format, layout.decode)];
    if ("unfit" in first) return first;
    return "unfit" in second ? second : splitWay(sought, first, second);
  };
}

function judged(sought: Sought, { way, lacking, needed }: Counted, copiesTimes: number): Verdict {
  if (lacking !== null) return refused("objective", lacking);
  if (needed === null)
    return refused("objective", "not kept for sure by a third more copies than would carry the peak");
  const fleets = way.parts.map(({ role, parallel }, index) =>
    fleetOf(sought, role, parallel, copiesTimes * (needed[index] ?? 0)),
  );
  const lack = lackOf(sought, fleets);
  if (lack !== null) return lack;
  const operation = way.operate(fleets.map(({ copies }) => copies));
  if (operation === null) return refused("objective", "requests pile up");
  const drawn = way.parts.map(({ wattsPerGpu }) => wattsPerGpu(operation.sequences));
  const slowedBy = capBelow(sought.pool, Math.max(...drawn));
  if (slowedBy !== null)
    return refused("objective", `${slowedBy} is less than the GPUs would draw: by how much it slows them is not known`);
  return {
    kind: "feasible",
    feasible: {
      ...worth(
        sought,
        fleets.map((fleet, index) => ({ fleet, wattsPerGpu: drawn[index] ?? 0 })),
      ),
      timeToFirstTokenS: operation.timeToFirstTokenS,
      interTokenS: operation.interTokenS,
      sequences: operation.sequences,
      tokensPerSPerGpu: tokensPerGpu(way, sought.demand.outputTokens),
      basis: way.basis,
      blueprint: blueprintOf(sought, way, fleets),
    },
  };
}

/** What the first part that carries nothing for sure misses of the objective; null where each carries something. */
export function lackingOf({ parts }: Way): string | null {
  const part = parts.find(({ lacking }) => lacking !== null);
  return part === undefined ? null : `${TOLD_OF[part.role]}${part.lacking}`;
}

const blueprintOf = ({ unit }: Sought, { parts }: Way, fleets: Feasible["fleets"]): Feasible["blueprint"] =>
  parts.map(({ role, parallel }, index) => ({
    role,
    replicas: fleets[index]?.copies ?? 0,
    needed: fleets[index]?.needed ?? 0,
    ...widthsOf(parallel, unit.gpusPerNode),
  }));
