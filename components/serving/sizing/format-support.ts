import type { Architecture } from "../../catalog/architecture.ts";
import type { Gpu } from "../../catalog/gpu.ts";
import { computeOn, FORMATS, type Format, precisionOf } from "../capacity/precision.ts";
import type { SizedFormat } from "./sizing-types.ts";

/** NVFP4 is a format of NVIDIA's tensor cores, from Blackwell on. */
const NVFP4_GENERATIONS: readonly string[] = ["blackwell", "rubin"];

/** How a format is stored. */
export const STORED = { bf16: "bf16", fp8: "fp8", "awq-int4": "int4", nvfp4: "nvfp4", mxfp4: "mxfp4" } as const;

/** Width of a weight without its scales. */
const halfBytes = (format: Format): number => Math.floor(2 * FORMATS[format].bytes);

/** Why a format cannot be had for the model, or not on the GPU; null where it can. */
export function formatRefusal(format: SizedFormat, { nativeFormat }: Architecture, gpu: Gpu): string | null {
  const stored = STORED[format];
  if ((format === "mxfp4") !== (nativeFormat === "mxfp4")) {
    return `the model is ${format === "mxfp4" ? "not " : ""}shipped in mxfp4`;
  }
  if (nativeFormat !== null && halfBytes(stored) > halfBytes(nativeFormat)) {
    return `the model is shipped in ${nativeFormat}: a wider format holds no more`;
  }
  if (format === "nvfp4" && !NVFP4_GENERATIONS.includes(gpu.generation)) return `${gpu.id} has no units for NVFP4`;
  const asked = FORMATS[stored].compute;
  return computeOn(gpu, stored) === asked ? null : `${gpu.id} has no ${asked} units: the engine would unpack to bf16`;
}

/** What the engine stores and computes in; the blueprint's names are all known. */
export function sizedPrecision(format: SizedFormat, architecture: Architecture) {
  const precision = precisionOf(architecture, format);
  if (precision === null) throw new RangeError(`no precision is called ${format}`);
  return precision;
}
