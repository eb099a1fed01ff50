/** What one step of an engine computes. */
export interface Step {
  /** Prompt tokens computed in it. */
  readonly prefillTokens: number;
  /** Pairs of prompt token and earlier token that causal attention visits: Σ (end² − start²) / 2. */
  readonly prefillPairs: number;
  /** Sequences that get their next token. */
  readonly decodeSequences: number;
  /** Tokens of context that those sequences read together. */
  readonly contextTokens: number;
}

/** Seconds of one engine step; > 0, and affine in the context between steps of the same sequences. */
export type StepTime = (step: Step) => number;

/** One copy of a model behind continuous batching with chunked prefill. */
export interface Replica {
  readonly stepTime: StepTime;
  /** Sequences that run at once. */
  readonly maxSequences: number;
  /** Tokens of context that the KV cache holds together. */
  readonly keyValueTokens: number;
  /** Tokens that one step takes: decodes first, then prompts. */
  readonly maxBatchedTokens: number;
  /** Share of a prompt found in the prefix cache, at most all but its last token. */
  readonly prefixHitRate: number;
  /** Tokens that a sequence gains in a decode step: 1, or the acceptance length of speculation. */
  readonly tokensPerStep: number;
  /**
   * Seconds that each computed token of a prompt takes beyond its share of a step: the stages of a pipeline work on as many
   * prompts at a time, and each prompt passes all of them. 0 of one stage.
   */
  readonly promptPassS: number;
  /** Host time before a request's first step, and after the step that gives its first token. */
  readonly requestOverheadS: number;
}
