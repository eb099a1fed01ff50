import type { Plan } from "../../components/plan-types.ts";
import type { NodeLoad } from "../../components/power/node-loads.ts";
import type { LevelPlan } from "../../components/power/power-types.ts";

/** A node of the picture: where it stands, and how many of its kind it stands for. */
export interface Shown {
  readonly node: NodeLoad;
  readonly name: string;
  readonly alike: number;
  /** Names of the places around it, from the building down; none for what the site shares. */
  readonly place: readonly string[];
  /** The same for people: "b1 … b10 (10 alike)". */
  readonly labels: readonly string[];
}

/** Elements of one set that are drawn one by one; of a larger set one stands for all. */
const MOST_OF_A_SET = 8;
/** Nodes of an as-built list that are drawn one by one. */
const MOST_AS_BUILT = 150;

/** What stands for the whole site: of equal buildings, halls, pods and racks the one with the element nearest to its limit. */
export function shownNodes(plan: Plan, nodes: readonly NodeLoad[]): readonly Shown[] {
  if (plan.distribution.some(({ set }) => set === null)) return asBuilt(nodes);
  const samples = samplesOf(plan);
  const feeding = new Set(nodes.flatMap(({ feeds, reserves }) => [...feeds, ...reserves]));
  const chosen = nodes.filter(
    ({ id, feeds }) => (feeds.length > 0 || feeding.has(id)) && samples.some(({ rack }) => isAround(placeOf(id), rack)),
  );
  const sets = Map.groupBy(chosen, ({ id, kind }) => (isLoad(kind) ? id : setOf(id)));
  return [...sets.values()].flatMap((set) => {
    const members = set.length > MOST_OF_A_SET ? set.slice(0, 1) : set;
    return members.map((node) => shownAs(node, set.length > MOST_OF_A_SET ? set.length : 1, samples));
  });
}

const isLoad = (kind: NodeLoad["kind"]): boolean => kind === "rack" || kind === "other-it";

/** A building that stands for its equals, and the rack in it that the picture follows. */
interface Sample {
  readonly building: string;
  readonly label: string;
  readonly rack: readonly string[];
  readonly counts: readonly number[];
}

function samplesOf(plan: Plan): readonly Sample[] {
  const buildings = plan.phases.flatMap((phase) => phase.buildings);
  const groups = Map.groupBy(buildings, ({ id, system, halls, podsPerHall, racksPerPod }) =>
    [system, halls, podsPerHall, racksPerPod, ...levelsIn(plan, id).map(figures)].join("|"),
  );
  return [...groups.values()].map((group) => {
    const [first] = group as [(typeof buildings)[number]];
    const last = group.at(-1) ?? first;
    const label = group.length === 1 ? first.id : `${first.id} … ${last.id} (${group.length} alike)`;
    const { halls, podsPerHall, racksPerPod } = first;
    return { building: first.id, label, rack: rackOf(plan, first.id), counts: [1, halls, podsPerHall, racksPerPod] };
  });
}

const levelsIn = (plan: Plan, building: string): readonly LevelPlan[] =>
  plan.distribution.filter((level) => level.building === building);

const figures = ({ id, usable, worst }: LevelPlan): string => `${id} ${usable} ${worst.load.known}`;

/** The place of the element nearest to its limit, filled up to a rack: ["b1", "h1", "p1", "r1"]. */
function rackOf(plan: Plan, building: string): readonly string[] {
  const used = ({ usable, worst }: LevelPlan) => worst.load.known / Math.max(1, usable ?? 1);
  const [most] = [...levelsIn(plan, building)].sort((left, right) => used(right) - used(left));
  const place = most === undefined ? [] : placeOf(most.worst.element);
  return [building, "h1", "p1", "r1"].map((part, index) => place[index] ?? part);
}

/** The parts of an id but for the element itself; a rack is its own place. */
function placeOf(id: string): readonly string[] {
  const parts = id.split(".");
  return /^r\d+$/.test(parts.at(-1) ?? "") ? parts : parts.slice(0, -1);
}

const isAround = (place: readonly string[], rack: readonly string[]): boolean =>
  place.every((part, index) => part === rack[index]);

const setOf = (id: string): string => id.replace(/-\d+$/, "");

const WORDS = ["building", "hall", "pod", "rack"] as const;

function shownAs(node: NodeLoad, alike: number, samples: readonly Sample[]): Shown {
  const place = placeOf(node.id);
  const sample = samples.find(({ building }) => building === place[0]);
  const labels = place.map((part, index) => {
    if (index === 0) return sample?.label ?? part;
    const count = sample?.counts[index] ?? 1;
    return `${WORDS[index]} ${part}${count > 1 ? ` (1 of ${count})` : ""}`;
  });
  const name = node.kind === "rack" ? node.id : (node.id.split(".").at(-1) ?? node.id);
  return { node, name: alike > 1 ? setOf(name) : name, alike, place, labels };
}

/** An as-built list node by node; a long one as its kinds in each building, which loses the wiring between single nodes. */
function asBuilt(nodes: readonly NodeLoad[]): readonly Shown[] {
  if (nodes.length <= MOST_AS_BUILT) {
    return nodes.map((node) => ({ node, name: node.id, alike: 1, place: [], labels: [] }));
  }
  const groupOf = ({ id, kind }: NodeLoad) => `${id.includes(".") ? id.split(".")[0] : "site"} ${kind}`;
  const groups = Map.groupBy(nodes, groupOf);
  const named = new Map(nodes.map((node) => [node.id, groupOf(node)]));
  const groupsOf = (ids: readonly string[]) => [...new Set(ids.flatMap((id) => named.get(id) ?? []))];
  return [...groups].map(([name, group]) => {
    const most = group.reduce((left, right) => (usedOf(right) > usedOf(left) ? right : left));
    const feeds = groupsOf(group.flatMap((node) => node.feeds)).filter((each) => each !== name);
    const reserves = groupsOf(group.flatMap((node) => node.reserves)).filter((each) => each !== name);
    return { node: { ...most, id: name, feeds, reserves }, name, alike: group.length, place: [], labels: [] };
  });
}

/** Share of its limit that a node carries at most; 0 where nothing limits it, or nobody knows what does. */
export const usedOf = ({ worst, usable }: NodeLoad): number => (typeof usable === "number" ? worst / usable : 0);
