import type { Quality } from "./catalog.ts";
import type { Named } from "./names.ts";

/** How GPUs of a domain reach one another. */
export type Link = "switched" | "mesh" | "pcie";

/** A GPU as a serving engine sees it; one source for the row. Bandwidths per GPU and direction, peaks dense. */
export interface Gpu extends Named {
  readonly generation: string;
  readonly memoryBytes: number;
  readonly memoryBytesPerSecond: number;
  /** FLOP/s by compute type; null: the GPU has no such units. */
  readonly flops: Readonly<Record<"bf16" | "fp8" | "fp4", number | null>>;
  readonly tdpWatts: number;
  /** GPUs that reach one another over the scale-up link. */
  readonly gpusPerDomain: number;
  readonly link: Link;
  readonly scaleUpBytesPerSecond: number;
  readonly scaleOutBytesPerSecond: number;
  /** Processors of the host that drives it. */
  readonly hostArch: "amd64" | "arm64";
  readonly source: string;
  readonly date: string;
  readonly quality: Quality;
}
