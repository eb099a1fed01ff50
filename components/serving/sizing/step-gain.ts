import { prepare } from "../capacity/formula.ts";
import type { Parallel } from "../capacity/parallel.ts";
import { stepSeconds } from "../capacity/step.ts";
import { knownOf } from "./known.ts";
import { pointOf } from "./service-model.ts";
import type { SizedFormat, StepGain } from "./sizing-types.ts";
import { configurationOf, type Sought } from "./sought.ts";

/** Less than this is left of a gain that is gone. */
const GONE = 1.05;
/** As far as it is looked: sequences that an engine runs at most. */
const MOST_SEQUENCES = 1_024;

/**
 * How much faster a decode step is than in bf16 on the same GPUs, whether bf16 fits them or not. Weights bound a step of few
 * sequences, products one of many: a format that is computed in bf16 gains nothing beyond the ridge between the two.
 * Null where the GPU cannot compute one of the two.
 */
export function stepGain(sought: Sought, format: SizedFormat, parallel: Parallel, sequences: number): StepGain | null {
  const [wide, own] = [stepOf(sought, "bf16", parallel), stepOf(sought, format, parallel)];
  if (wide === null || own === null) return null;
  const times = (count: number): number => wide(count) / own(count);
  const running = Math.max(1, Math.round(sequences));
  return {
    atOneSequence: times(1),
    atSequences: { sequences: running, times: times(running) },
    goneFrom: goneFrom(times),
  };
}

/** Sequences from which on the gain never comes back. */
function goneFrom(times: (count: number) => number): number | null {
  let from: number | null = null;
  for (let count = MOST_SEQUENCES; count >= 1 && times(count) < GONE; count--) from = count;
  return from;
}

function stepOf(sought: Sought, format: SizedFormat, parallel: Parallel): ((sequences: number) => number) | null {
  const { demand, catalog } = sought;
  const configuration = configurationOf(sought, format, parallel);
  const prepared = prepare(pointOf(configuration, demand, 1));
  if (prepared === null) return null;
  const { constants } = knownOf(catalog, configuration).knowledge;
  const contextTokens = demand.inputTokens + demand.outputTokens / 2;
  const stages = parallel.pipeline;
  return (sequences) =>
    stepSeconds(constants, prepared.deployment, { decodeSequences: sequences / stages, contextTokens });
}
