import type { Architecture } from "../../catalog/architecture.ts";
import type { Gpu } from "../../catalog/gpu.ts";
import { type Parallel, tensorParallel } from "../capacity/parallel.ts";
import type { FailingUnit } from "../failing-unit.ts";
import { expertParallel } from "../roles.ts";
import { type Candidate, type Layout, SIZED_FORMATS } from "./sizing-types.ts";

/** Nodes of a copy whose layers are laid one after another; GPUs over which experts are spread. */
const PIPELINES = [2, 4];
const WIDTHS = [4, 8, 16, 32];
const COPIES_TIMES = [1, 2];

/** Every layout of the model on the nodes that divides it evenly, in every format. */
export function candidatesOf(architecture: Architecture, gpu: Gpu, unit: FailingUnit): readonly Candidate[] {
  const plain = tensorWidths(architecture, unit);
  const piped = PIPELINES.filter((nodes) => nodes <= unit.nodes).map((nodes) =>
    tensorParallel(unit.gpusPerNode, nodes),
  );
  const together = [...plain, ...piped, ...expertWidths(architecture, gpu, unit)];
  const layouts: readonly Layout[] = [
    ...together.map((parallel): Layout => ({ kind: "together", parallel })),
    ...pairs(plain).map(([prefill, decode]): Layout => ({ kind: "split", prefill, decode })),
  ];
  return SIZED_FORMATS.flatMap((format) =>
    layouts.flatMap((layout) =>
      COPIES_TIMES.map((copiesTimes) => ({
        id: `${format}/${nameOf(layout)}${copiesTimes === 1 ? "" : `×${copiesTimes}`}`,
        format,
        layout,
        copiesTimes,
      })),
    ),
  );
}

/** Tensor parallel within a node: powers of two that divide the query heads. */
function tensorWidths({ attention }: Architecture, unit: FailingUnit): readonly Parallel[] {
  const widths = [1, 2, 4, 8, 16].filter((width) => width <= unit.gpusPerNode && attention.heads % width === 0);
  return widths.map((width) => tensorParallel(width));
}

/** Attention by data, experts spread over the same GPUs, within one scale-up domain and one rack or instance. */
function expertWidths({ routed }: Architecture, { gpusPerDomain }: Gpu, unit: FailingUnit): readonly Parallel[] {
  const most = Math.min(gpusPerDomain, unit.gpusPerNode * unit.nodes);
  return WIDTHS.filter((width) => routed !== null && width <= most && routed.experts % width === 0).map(expertParallel);
}

/** Prompts on copies no wider than those that answer: what the cache's transfer between them takes (NIXL). */
const pairs = (widths: readonly Parallel[]): readonly (readonly [prefill: Parallel, decode: Parallel])[] =>
  widths.flatMap((prefill) =>
    widths.filter((decode) => prefill.tensor <= decode.tensor).map((decode) => [prefill, decode] as const),
  );

const nameOf = (layout: Layout): string =>
  layout.kind === "together" ? widthsOf(layout.parallel) : `${widthsOf(layout.prefill)}>${widthsOf(layout.decode)}`;

/** In the words of engines: tp4, tp4.pp2, dp16.ep16. */
const widthsOf = ({ tensor, pipeline, attentionData, expert }: Parallel): string =>
  attentionData > 1 ? `dp${attentionData}.ep${expert}` : `tp${tensor}${pipeline > 1 ? `.pp${pipeline}` : ""}`;
