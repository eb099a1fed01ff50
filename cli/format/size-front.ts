import { showUsd } from "../../components/quantity.ts";
import type {
  AskedPool,
  Buildable,
  BuildableCopies,
  Judged,
  Sized,
} from "../../components/serving/sizing/sizing-types.ts";
import { inert } from "../../components/site/show-fault.ts";
import { BASIS, showNumber, showTime } from "./capacity-text.ts";
import { showCount } from "./shown.ts";
import { drawTable } from "./table.ts";
import { wrap } from "./wrap.ts";

export const UNITS = { rack: "a rack", instance: "an instance" } as const;

/** The name of a configuration without its pool, where that stands beside it. */
export const withoutPool = (id: string, pool: string): string =>
  id.startsWith(`${pool}/`) ? id.slice(pool.length + 1) : id;

type Front = Extract<Judged, { kind: "front" }>;

/** What nothing beats, each pool's together, what the step times stand on, and how to build it. */
export function frontParts(sized: Sized, own: string): readonly string[] {
  const front = sized.judged.flatMap((each) => (each.kind === "front" ? [each] : []));
  return [...frontTables(front, sized.pools), ...notes(sized.pools), ...bases(front), ...builds(sized, own)];
}

function frontTables(front: readonly Front[], pools: readonly AskedPool[]): readonly string[] {
  if (front.length === 0) return ["Nothing keeps the objective on these GPUs"];
  const [cost, several] = pools.length > 1 ? ["money", true] : ["GPUs", false];
  const axes = pools.every(({ weighedIn }) => weighedIn.power === "none") ? cost : `${cost}, watts`;
  const title = `What nothing beats in ${axes} and gap between tokens, at the peak`;
  const byPool = Map.groupBy(front, ({ pool }) => pool);
  const tables = pools.flatMap(({ id }) => {
    const drawn = byPool.get(id) ?? [];
    return drawn.length === 0 ? [] : [several ? `  On pool ${id}\n${frontTable(drawn)}` : frontTable(drawn)];
  });
  return [`${title}\n${tables.join("\n\n")}`];
}

const frontTable = (front: readonly Front[]): string =>
  drawTable(
    ["configuration", ">copies", ">GPUs", ">$/M tok", ">tok/s/MW", ">first", ">gap", ">batch"],
    front.map(({ pool, candidate, feasible }) => [
      withoutPool(candidate.id, pool),
      feasible.fleets.map(({ copies }) => showCount(copies)).join("+"),
      showCount(feasible.gpus),
      feasible.usdPerMillionTokens === null ? "unknown" : showUsd(feasible.usdPerMillionTokens),
      feasible.tokensPerSPerMwSite === null ? "unknown" : showNumber(feasible.tokensPerSPerMwSite),
      showTime(feasible.timeToFirstTokenS.value),
      showTime(feasible.interTokenS.value),
      showCount(Math.max(1, Math.round(feasible.sequences))),
    ]),
  );

/** What was not weighed, and which pools do not compare with others. */
function notes(pools: readonly AskedPool[]): readonly string[] {
  const landlords = pools.filter(({ weighedIn }) => weighedIn.power === "none").map(({ id }) => id);
  const apart = pools.length > 1 ? pools.flatMap(apartOf) : [];
  const lines = [
    ...(landlords.length === 0 ? [] : [`${landlords.join(", ")}: power is the landlord's: not weighed`]),
    ...apart,
  ];
  return lines.length === 0 ? [] : [lines.map((line) => wrap(`  ${inert(line, 1_000)}`, 4)).join("\n")];
}

const APART = "beats nothing on another pool, and nothing there beats it";

function apartOf({ id, weighedIn, priceMissing }: AskedPool): readonly string[] {
  return [
    ...(weighedIn.cost === "gpus" ? [`${id}: its price is not known (${priceMissing.join(", ")}): ${APART}`] : []),
    ...(weighedIn.power === "gpus" ? [`${id}: the watts of its racks are not known: ${APART}`] : []),
  ];
}

/** What the step times stand on. */
const bases = (front: readonly Front[]): readonly string[] =>
  [...new Set(front.map(({ feasible }) => BASIS[feasible.basis]))].map((basis) => wrap(`  ${basis}`, 4));

/** The blueprint of the fewest GPUs, and of what costs less on another pool. */
function builds(sized: Sized, own: string): readonly string[] {
  const { buildable, elsewhere } = sized;
  return [
    ...(buildable === null ? [] : [build("To build", buildable, sized, own)]),
    ...(elsewhere === null ? [] : [build("For less money", elsewhere, sized, own)]),
  ];
}

function build(what: string, buildable: Buildable, { judged, pools }: Sized, own: string): string {
  const { id, pool, format, gpus, copies, usdPerMillionTokens } = buildable;
  const unit = pools.find((each) => each.id === pool)?.unit ?? "rack";
  const cost = usdPerMillionTokens === null ? "" : `, ${showUsd(usdPerMillionTokens)} a million tokens`;
  const moved = pool === own ? "" : `, on another pool than ${own}`;
  return [
    wrap(`${what} ${id}: ${showCount(gpus)} GPUs${cost}${moved}${beaten(id, judged)}`, 2),
    ...(pool === own ? [] : [`  pool: ${pool}`]),
    `  precision: ${format}`,
    ...copies.flatMap((each) => fieldsOf(each, UNITS[unit])),
  ].join("\n");
}

/** As they stand under the endpoint; those of prompts in a block of their own. */
function fieldsOf(
  { role, replicas, needed, nodesPerReplica, gpusPerNode, spread }: BuildableCopies,
  unit: string,
): readonly string[] {
  const fields = [
    `replicas: ${replicas} # ${needed} for the peak, ${replicas - needed} for the loss of ${unit}`,
    `nodesPerReplica: ${nodesPerReplica}`,
    `gpusPerNode: ${gpusPerNode}`,
    ...(spread === "tensor" ? [] : [`spread: ${spread}`]),
  ];
  return role === "prefill"
    ? ["  prefill: # with serving.router", ...fields.map((field) => `    ${field}`)]
    : fields.map((field) => `  ${field}`);
}

/** What is better than the way with the fewest GPUs of a pool. */
function beaten(id: string, judged: Sized["judged"]): string {
  const own = judged.find(({ candidate }) => candidate.id === id);
  return own?.kind === "refused" && own.refusal.kind === "dominated" ? `; ${own.refusal.by} beats it` : "";
}
