import type { Arrival } from "../traffic/arrivals.ts";
import type { Replica, Step } from "./replica.ts";

/** A request on its way through one engine. */
interface Sequence {
  readonly arrivedS: number;
  readonly output: number;
  /** Tokens to compute before the next token: the prompt, after an eviction also what was generated. */
  prompt: number;
  /** Of those, computed or found in the cache. */
  computed: number;
  generated: number;
  /** Decode step of the engine at which it took its first step, or null while its prompt is computed. */
  decodesFrom: number | null;
  firstTokenS: number | null;
  /** Time of its last token before an eviction. */
  lastTokenS: number;
  /** Finished or evicted: what still lists it passes it over. */
  gone: boolean;
}

/** What is told of a run, as it happens. */
export interface Watcher {
  readonly firstToken: (arrivedS: number, atS: number) => void;
  /** `tokens` tokens came, each `gapS` after the one before it. */
  readonly tokens: (gapS: number, tokens: number, atS: number) => void;
  readonly finished: (arrivedS: number, firstTokenS: number, atS: number, output: number) => void;
  readonly evicted: () => void;
  /** Sequences that ran for some seconds. */
  readonly ran: (sequences: number, forS: number, atS: number) => void;
}

/** State of one engine between steps. */
export interface Engine {
  readonly replica: Replica;
  readonly watcher: Watcher;
  nowS: number;
  /** In order of arrival; those before `next` have been admitted. */
  waiting: Sequence[];
  next: number;
  /** Evicted sequences, the first to return last. */
  readonly evicted: Sequence[];
  readonly prefilling: Sequence[];
  /** Admitted sequences by age, some of them gone: the newest is evicted first. */
  admitted: Sequence[];
  decoding: number;
  decodeSteps: number;
  /** Sequences by the decode step that gives their last token. */
  readonly finishing: Map<number, Sequence[]>;
  /** Tokens of context of the decoding sequences, and of the prompts admitted beside them. */
  contextTokens: number;
  promptTokens: number;
  outstanding: number;
}

export const idleEngine = (replica: Replica, watcher: Watcher): Engine => ({
  replica,
  watcher,
  nowS: 0,
  waiting: [],
  next: 0,
  evicted: [],
  prefilling: [],
  admitted: [],
  decoding: 0,
  decodeSteps: 0,
  finishing: new Map(),
  contextTokens: 0,
  promptTokens: 0,
  outstanding: 0,
});

/** Whether the cache holds the request at its longest: an engine refuses one that it could never finish. */
export const canHold = ({ replica }: Engine, { inputTokens, outputTokens }: Arrival): boolean =>
  inputTokens + outputTokens <= replica.keyValueTokens;

export function enqueue(engine: Engine, { atS, inputTokens, outputTokens }: Arrival): void {
  if (engine.outstanding === 0) engine.nowS = Math.max(engine.nowS, atS);
  engine.outstanding++;
  engine.waiting.push({
    arrivedS: atS,
    output: outputTokens,
    prompt: inputTokens,
    computed: Math.min(inputTokens - 1, Math.floor(inputTokens * engine.replica.prefixHitRate)),
    generated: 0,
    decodesFrom: null,
    firstTokenS: null,
    lastTokenS: 0,
    gone: false,
  });
}

/** Runs steps until the clock of the engine reaches `untilS`, or it has nothing to do. */
export function advance(engine: Engine, untilS: number): void {
  while (engine.nowS < untilS && engine.outstanding > 0) {
    makeRoom(engine);
    const prompts = schedulePrompts(engine);
    if (prompts.length > 0) mixedStep(engine, prompts);
    else decodeSteps(engine, untilS);
  }
}

/** Evicts the newest until the decoding sequences can grow by a step: the oldest always goes on. */
function makeRoom(engine: Engine): void {
  const { keyValueTokens, tokensPerStep } = engine.replica;
  while (engine.contextTokens + engine.promptTokens + engine.decoding * tokensPerStep > keyValueTokens) {
    const newest = engine.admitted.pop();
    if (newest === undefined) return;
    if (!newest.gone) evict(engine, newest);
  }
}

function evict(engine: Engine, sequence: Sequence): void {
  if (sequence.decodesFrom === null) {
    engine.prefilling.splice(engine.prefilling.indexOf(sequence), 1);
    engine.promptTokens -= sequence.prompt;
  } else {
    const gained = gainedBy(engine, sequence);
    leaveDecoding(engine, sequence, gained);
    sequence.generated += gained;
    sequence.prompt = Math.ceil(sequence.prompt + gained);
    sequence.lastTokenS = engine.nowS;
    engine.watcher.evicted();
  }
  engine.evicted.push({ ...sequence, computed: 0, decodesFrom: null });
  sequence.gone = true;
}

const gainedBy = (engine: Engine, { decodesFrom }: Sequence): number =>
  (engine.decodeSteps - (decodesFrom ?? engine.decodeSteps)) * engine.replica.tokensPerStep;

function leaveDecoding(engine: Engine, { prompt }: Sequence, gained: number): void {
  engine.decoding--;
  engine.contextTokens = engine.decoding === 0 ? 0 : engine.contextTokens - prompt - gained;
}

interface Chunk {
  readonly sequence: Sequence;
  readonly tokens: number;
}

/** Chunks of prompts within the tokens that the decodes leave, admitting in order while sequences and cache allow. */
function schedulePrompts(engine: Engine): readonly Chunk[] {
  let budget = engine.replica.maxBatchedTokens - engine.decoding;
  const chunks: Chunk[] = [];
  const take = (sequence: Sequence) => {
    const tokens = Math.min(budget, sequence.prompt - sequence.computed);
    chunks.push({ sequence, tokens });
    budget -= tokens;
  };
  for (const sequence of engine.prefilling) if (budget > 0) take(sequence);
  while (budget > 0) {
    const sequence = admitNext(engine);
    if (sequence === null) break;
    take(sequence);
  }
  return chunks;
}

function admitNext(engine: Engine): Sequence | null {
  const { maxSequences, keyValueTokens } = engine.replica;
  const sequence = engine.evicted.at(-1) ?? engine.waiting[engine.next];
  if (sequence === undefined || engine.decoding + engine.prefilling.length >= maxSequences) return null;
  if (engine.contextTokens + engine.promptTokens + sequence.prompt > keyValueTokens) return null;
  if (engine.evicted.length > 0) engine.evicted.pop();
  else takeWaiting(engine);
  engine.prefilling.push(sequence);
  engine.admitted.push(sequence);
  engine.promptTokens += sequence.prompt;
  if (engine.admitted.length > 2 * engine.outstanding + FORGET) engine.admitted = engine.admitted.filter(isHere);
  return sequence;
}

const isHere = ({ gone }: Sequence): boolean => !gone;
/** Lists forget what has left them after so many, so that a long run does not hold all its requests. */
const FORGET = 1_024;

function takeWaiting(engine: Engine): void {
  engine.next++;
  if (engine.next < FORGET || engine.next * 2 < engine.waiting.length) return;
  engine.waiting = engine.waiting.slice(engine.next);
  engine.next = 0;
}

/** One step with prompts in it: the decoding sequences get a token each, and wait for the prompts. */
function mixedStep(engine: Engine, chunks: readonly Chunk[]): void {
  const prefillTokens = chunks.reduce((sum, { tokens }) => sum + tokens, 0);
  const prefillPairs = chunks.reduce(
    (sum, { sequence: { computed }, tokens }) => sum + ((computed + tokens) ** 2 - computed ** 2) / 2,
    0,
  );
  const step = engine.replica.stepTime({ ...decodeOf(engine), prefillTokens, prefillPairs });
  pass(engine, 1, step);
  for (const { sequence, tokens } of chunks) {
    sequence.computed += tokens;
    if (sequence.computed === sequence.prompt) endPrompt(engine, sequence);
  }
}

const decodeOf = ({ decoding, contextTokens }: Engine): Step => ({
  prefillTokens: 0,
  prefillPairs: 0,
  decodeSequences: decoding,
  contextTokens,
});

/** The last step of a prompt gives a token; the sequence decodes from the next step on. */
function endPrompt(engine: Engine, sequence: Sequence): void {
  const { replica, nowS, watcher } = engine;
  engine.prefilling.splice(engine.prefilling.indexOf(sequence), 1);
  engine.promptTokens -= sequence.prompt;
  if (sequence.firstTokenS === null) {
    sequence.firstTokenS = nowS + replica.promptPassS * sequence.prompt * (1 - replica.prefixHitRate);
    watcher.firstToken(sequence.arrivedS, sequence.firstTokenS);
  } else watcher.tokens(nowS - sequence.lastTokenS, 1, nowS);
  sequence.generated += 1;
  const steps = Math.ceil((sequence.output - sequence.generated) / replica.tokensPerStep);
  if (steps <= 0) {
    finish(engine, sequence);
    return;
  }
  sequence.prompt += 1;
  sequence.decodesFrom = engine.decodeSteps;
  engine.decoding++;
  engine.contextTokens += sequence.prompt;
  const last = engine.decodeSteps + steps;
  const others = engine.finishing.get(last);
  if (others === undefined) engine.finishing.set(last, [sequence]);
  else others.push(sequence);
}

/** Most steps that one look ahead covers: the context of a sequence grows by so many tokens at most. */
const LOOK_AHEAD = 64;

/**
 * Steps of the same sequences at once, up to the next that finishes, the next eviction, or `untilS`. Their time is the
 * mean of the first and the last: exact where it is affine in the context.
 */
function decodeSteps(engine: Engine, untilS: number): void {
  const { replica, decoding } = engine;
  const first = decodeOf(engine);
  const firstS = replica.stepTime(first);
  const growth = decoding * replica.tokensPerStep;
  const free = replica.keyValueTokens - engine.contextTokens - engine.promptTokens;
  const most = Math.min(LOOK_AHEAD, Math.floor(free / growth), Math.floor((untilS - engine.nowS) / firstS) + 1);
  let steps = 1;
  while (steps < most && !engine.finishing.has(engine.decodeSteps + steps)) steps++;
  const lastS =
    steps === 1 ? firstS : replica.stepTime({ ...first, contextTokens: first.contextTokens + growth * (steps - 1) });
  pass(engine, steps, (firstS + lastS) / 2);
}

/** Time passes by equal steps; each decoding sequence gains a step's tokens in each. */
function pass(engine: Engine, steps: number, stepS: number): void {
  const { replica, watcher, decoding } = engine;
  engine.nowS += steps * stepS;
  watcher.ran(decoding, steps * stepS, engine.nowS);
  if (decoding === 0) return;
  engine.decodeSteps += steps;
  engine.contextTokens += steps * decoding * replica.tokensPerStep;
  watcher.tokens(stepS / replica.tokensPerStep, steps * decoding * replica.tokensPerStep, engine.nowS);
  const done = engine.finishing.get(engine.decodeSteps);
  if (done === undefined) return;
  engine.finishing.delete(engine.decodeSteps);
  for (const sequence of done) {
    if (sequence.gone) continue;
    leaveDecoding(engine, sequence, gainedBy(engine, sequence));
    finish(engine, sequence);
  }
}

function finish(engine: Engine, sequence: Sequence): void {
  engine.outstanding--;
  sequence.gone = true;
  engine.watcher.finished(sequence.arrivedS, sequence.firstTokenS ?? engine.nowS, engine.nowS, sequence.output);
}
