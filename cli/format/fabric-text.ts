import type { ReferenceDesign, Switch, System } from "../../components/catalog/catalog.ts";
import type { FabricCounts } from "../../components/network/fabric/counts.ts";
import type { EnterpriseSize } from "../../components/network/fabric/enterprise.ts";
import type { FabricSize } from "../../components/network/fabric/size.ts";
import { showCount } from "./shown.ts";
import { drawTable } from "./table.ts";

/** A sized fabric in at most 80 columns. */
export function fabricText(counts: FabricCounts, size: FabricSize, system: System, from: Switch): string {
  const { demand, tiers, units } = size;
  const { leaf } = demand;
  return [
    `${system.id}: ${showCount(counts.nodes)} nodes, ${showCount(counts.gpus)} GPUs, on ${from.name}`,
    drawTable(
      ["compute fabric", ">count"],
      [
        ["tiers", String(tiers.tiers)],
        ["planes", String(demand.planes)],
        ["rails", String(demand.rails)],
        [`scalable units of ${leaf.nodes} nodes`, showCount(units)],
        ["leaf switches", showCount(counts.leaf)],
        ["spine switches", showCount(counts.spine)],
        ["core switches", showCount(counts.core)],
        ["cables node to leaf", showCount(counts.nodeLeafCables)],
        ["cables leaf to spine", showCount(counts.leafSpineCables)],
        ["cables spine to core", showCount(counts.spineCoreCables)],
        ["bisection Gb/s", showCount(counts.bisectionGbps)],
        ["switch kW", showCount(counts.switchKw)],
      ],
    ),
  ].join("\n\n");
}

/** An enterprise reference architecture, as its own tables give it. */
export function enterpriseText(size: EnterpriseSize, architecture: ReferenceDesign): string {
  const { units, nodes, gpus, singleTier } = size;
  const head = `${architecture.id}: ${showCount(units)} scalable units, ${showCount(nodes)} nodes, ${showCount(gpus)} GPUs`;
  if (singleTier === null) return `${head}\n\n  beyond one tier: size it by --system, --nodes and --switch`;
  return [
    head,
    drawTable(
      ["one tier", ">count"],
      [
        ["switches of the pair", showCount(singleTier.pair)],
        ["planes", showCount(singleTier.planes)],
        ["GPU leaves in each plane", showCount(singleTier.gpuLeavesPerPlane)],
        ["management switches", showCount(singleTier.management)],
      ],
    ),
  ].join("\n\n");
}
