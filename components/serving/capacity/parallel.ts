/** How a replica is spread over GPUs. Every GPU of a pipeline stage holds a share of attention and of the experts. */
export interface Parallel {
  /** Ranks that share one attention computation. */
  readonly tensor: number;
  /** Independent groups of such ranks: data-parallel attention. */
  readonly attentionData: number;
  readonly expertTensor: number;
  readonly expert: number;
  readonly pipeline: number;
}

export const gpusOf = ({ tensor, attentionData, pipeline }: Parallel): number => tensor * attentionData * pipeline;

/** Attention and experts both split over all GPUs of one stage by tensor. */
export const tensorParallel = (tensor: number, pipeline = 1): Parallel => ({
  tensor,
  attentionData: 1,
  expertTensor: tensor,
  expert: 1,
  pipeline,
});

/** What keeps a split from being one, or null. */
export function faultOfParallel(parallel: Parallel): string | null {
  const { tensor, attentionData, expertTensor, expert } = parallel;
  if (!Object.values(parallel).every((width) => Number.isInteger(width) && width > 0)) {
    return "parallel widths are whole numbers of at least 1";
  }
  return tensor * attentionData === expertTensor * expert
    ? null
    : `tp × attn_dp is ${tensor * attentionData}, moe_tp × moe_ep is ${expertTensor * expert}: they must be equal`;
}
