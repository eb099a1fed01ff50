import type { Replica } from "../../components/serving/simulation/replica.ts";
import type { Arrival } from "../../components/serving/traffic/arrivals.ts";

interface Sequence {
  readonly index: number;
  readonly arrivedS: number;
  /** Tokens to compute before the next one comes. */
  prompt: number;
  computed: number;
  generated: number;
  readonly output: number;
  firstS: number;
}

export interface Told {
  readonly firstTokenS: readonly number[];
  readonly endS: readonly number[];
  readonly evictions: number;
}

/**
 * Continuous batching written as its definition reads: every step of every token, lists searched anew each time. The
 * oracle of the simulation, for one replica and one token a step.
 */
export function naiveEngine(arrivals: readonly Arrival[], replica: Replica): Told {
  const coming: Sequence[] = arrivals.map(({ atS, inputTokens, outputTokens }, index) => ({
    index,
    arrivedS: atS,
    prompt: inputTokens,
    computed: 0,
    generated: 0,
    output: outputTokens,
    firstS: Number.NaN,
  }));
  const queue: Sequence[] = [];
  let running: Sequence[] = [];
  let nowS = 0;
  let evictions = 0;
  const firstTokenS: number[] = [];
  const endS: number[] = [];
  const held = (sequence: Sequence) =>
    sequence.computed === sequence.prompt ? sequence.prompt + 1 + grown(sequence) : sequence.prompt;
  const grownOf = new Map<Sequence, number>();
  const grown = (sequence: Sequence) => grownOf.get(sequence) ?? 0;
  const total = () => running.reduce((sum, sequence) => sum + held(sequence), 0);
  const isDecoding = ({ computed, prompt }: Sequence) => computed === prompt;

  for (;;) {
    while (coming[0] !== undefined && coming[0].arrivedS <= nowS) queue.push(...coming.splice(0, 1));
    if (running.length === 0 && queue.length === 0) {
      if (coming[0] === undefined) break;
      nowS = coming[0].arrivedS;
      continue;
    }
    while (total() + running.filter(isDecoding).length > replica.keyValueTokens) {
      const newest = running.pop();
      if (newest === undefined) break;
      if (isDecoding(newest)) evictions++;
      newest.prompt = isDecoding(newest) ? held(newest) : newest.prompt;
      newest.computed = 0;
      grownOf.delete(newest);
      queue.unshift(newest);
    }
    const decoding = running.filter(isDecoding);
    const contextTokens = decoding.reduce((sum, sequence) => sum + held(sequence), 0);
    let budget = replica.maxBatchedTokens - decoding.length;
    const chunks: [Sequence, number][] = [];
    const take = (sequence: Sequence) => {
      const tokens = Math.min(budget, sequence.prompt - sequence.computed);
      chunks.push([sequence, tokens]);
      budget -= tokens;
    };
    for (const sequence of running) if (!isDecoding(sequence) && budget > 0) take(sequence);
    while (budget > 0 && queue[0] !== undefined && running.length < replica.maxSequences) {
      if (total() + queue[0].prompt > replica.keyValueTokens) break;
      const [sequence] = queue.splice(0, 1);
      if (sequence === undefined) break;
      running.push(sequence);
      take(sequence);
    }
    nowS += replica.stepTime({
      decodeSequences: decoding.length,
      contextTokens,
      prefillTokens: chunks.reduce((sum, [, tokens]) => sum + tokens, 0),
      prefillPairs: chunks.reduce(
        (sum, [{ computed }, tokens]) => sum + ((computed + tokens) ** 2 - computed ** 2) / 2,
        0,
      ),
    });
    for (const sequence of decoding) {
      sequence.generated++;
      grownOf.set(sequence, grown(sequence) + 1);
    }
    for (const [sequence, tokens] of chunks) {
      sequence.computed += tokens;
      if (sequence.computed < sequence.prompt) continue;
      if (Number.isNaN(sequence.firstS)) {
        sequence.firstS = nowS;
        firstTokenS[sequence.index] = nowS - sequence.arrivedS;
      }
      sequence.generated++;
    }
    for (const sequence of running.filter(({ generated, output }) => generated >= output)) {
      endS[sequence.index] = nowS - sequence.arrivedS;
    }
    running = running.filter(({ generated, output }) => generated < output);
  }
  return { firstTokenS, endS, evictions };
}
