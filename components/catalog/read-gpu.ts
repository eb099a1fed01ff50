import type { Quality } from "./catalog.ts";
import { aliases, type Fields, inner, numeral, words } from "./entry.ts";
import type { Gpu, Link } from "./gpu.ts";

/** A GPU of the catalog, in base units. Throws where a figure is missing: the catalog is ours. */
export function readGpu(id: string, fields: Fields): Gpu {
  const tflops = inner(fields, "denseTflops") ?? {};
  const peak = (type: string): number | null => (tflops[type] === null ? null : numeral(id, tflops, type) * 1e12);
  return {
    id,
    name: words(id, fields, "name"),
    aliases: aliases(fields),
    generation: words(id, fields, "generation"),
    memoryBytes: numeral(id, fields, "memoryBytes"),
    memoryBytesPerSecond: numeral(id, fields, "memoryTbPerSecond", 0.01) * 1e12,
    flops: { bf16: peak("bf16"), fp8: peak("fp8"), fp4: peak("fp4") },
    tdpWatts: numeral(id, fields, "tdpWatts"),
    gpusPerDomain: numeral(id, fields, "gpusPerDomain"),
    link: words(id, fields, "link") as Link,
    scaleUpBytesPerSecond: numeral(id, fields, "scaleUpGbytePerSecond") * 1e9,
    scaleOutBytesPerSecond: numeral(id, fields, "scaleOutGbytePerSecond") * 1e9,
    hostArch: words(id, fields, "hostArch") === "arm64" ? "arm64" : "amd64",
    source: words(id, fields, "source"),
    date: words(id, fields, "date"),
    quality: words(id, fields, "quality") as Quality,
  };
}
