import type { HallPlan, PodPosition } from "../../components/cooling/cooling-types.ts";
import type { BuildingPlan, Plan } from "../../components/plan-types.ts";
import { escapeHtml } from "../report/escape.ts";
import { COLOURS } from "./colours.ts";

/** One picture of all halls that are alike. */
interface AlikeHalls {
  readonly hall: HallPlan;
  readonly building: BuildingPlan;
  readonly buildings: readonly string[];
  readonly cabinets: HallCabinets;
}
/** Cabinets that stand in the row of each pod, by level, and along the wall of each hall. */
interface HallCabinets {
  readonly inRow: readonly Cabinets[];
  readonly atWall: readonly Cabinets[];
}
interface Cabinets {
  readonly level: string;
  readonly kind: "cooling" | "power";
  readonly count: number;
}

const MARGIN = 16;
const TITLE = 44;
const WALL = 26;
const LEGEND = 34;
/** What a hall may take of the page, in px. */
const WIDEST = 928;
const TALLEST = 640;
/** Below this, in px, things side by side are drawn as one. */
const NARROWEST = 2;
const FILL = { rack: "#3b6ea5", cooling: "#3a9a8f", power: "#c98a1b" } as const;
const INK = "#24313f";

/**
 * The halls from above, to scale: racks, and what stands in the row of each pod and along the wall. Halls that are alike are
 * one picture, whatever their number. Null where no hall is stated with the lengths that a picture needs.
 */
export function hallPlan(plan: Plan): string | null {
  const drawings = alike(plan).map(drawHall);
  if (drawings.length === 0) return null;
  let y = 0;
  const bodies = drawings.map(({ body, height }) => {
    const placed = `<g transform="translate(0 ${round(y)})">${body}</g>`;
    y += height;
    return placed;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDEST + 2 * MARGIN} ${round(y + LEGEND)}" role="img" font-family="system-ui, sans-serif" font-size="12" fill="${INK}">`,
    "<title>Halls from above</title>",
    ...bodies,
    `<g transform="translate(${MARGIN} ${round(y + 8)})">${legend()}</g>`,
    "</svg>",
  ].join("\n");
}

function alike(plan: Plan): readonly AlikeHalls[] {
  const buildings = new Map(plan.phases.flatMap((phase) => phase.buildings).map((each) => [each.id, each]));
  const groups = new Map<string, AlikeHalls>();
  for (const hall of plan.halls) {
    const building = buildings.get(hall.building);
    if (building === undefined || hall.pods.length === 0) continue;
    const cabinets = cabinetsOf(plan, hall.building);
    const key = figures(hall, building, cabinets);
    const there = groups.get(key)?.buildings ?? [];
    groups.set(key, { hall, building, buildings: [...there, hall.building], cabinets });
  }
  return [...groups.values()];
}

/** What two halls have in common that are one picture. */
const figures = (hall: HallPlan, building: BuildingPlan, cabinets: HallCabinets): string =>
  JSON.stringify([
    [hall.rack, hall.width.value, hall.depth.value, hall.rowPitch.value, hall.rowEquipment.value, hall.podsPerRow],
    [building.system, building.halls, building.podsPerHall, building.racksPerPod],
    cabinets,
  ]);

function cabinetsOf(plan: Plan, building: string): HallCabinets {
  const of = (scope: "pod" | "hall"): readonly Cabinets[] => [
    ...(plan.cooling?.levels ?? [])
      .filter((level) => level.building === building && level.per === scope)
      .map(({ id, count }): Cabinets => ({ level: id, kind: "cooling", count })),
    ...plan.distribution
      .filter((level) => level.building === building && level.set?.per === scope)
      .map(({ id, set }): Cabinets => ({ level: id, kind: "power", count: set?.count ?? 0 })),
  ];
  return { inRow: of("pod"), atWall: of("hall") };
}

function drawHall(drawn: AlikeHalls): { readonly body: string; readonly height: number } {
  const { hall, cabinets } = drawn;
  const rows = { width: (hall.podLength ?? 0) * hall.podsPerRow, depth: (hall.rowPitch.value ?? 0) * hall.rows };
  const width = Math.max(rows.width, hall.width.value ?? 0);
  const depth = Math.max(rows.depth, hall.depth.value ?? 0);
  const scale = Math.min(WIDEST / width, TALLEST / depth);
  const top = TITLE + (cabinets.atWall.length > 0 ? WALL : 0);
  const body = [
    `<text x="${MARGIN}" y="20" font-size="14" font-weight="600">${escapeHtml(titleOf(drawn, rows))}</text>`,
    `<text x="${MARGIN}" y="37">${escapeHtml(contents(cabinets))}</text>`,
    ...side(cabinets.atWall, { x: MARGIN, y: TITLE + 4, width: width * scale, height: WALL - 10 }, 40),
    walls(hall, rows, scale, top),
    ...hall.pods.map((pod) => drawPod(pod, drawn, scale, top)),
  ].join("\n");
  return { body, height: top + depth * scale + 2 * MARGIN };
}

interface Size {
  readonly width: number;
  readonly depth: number;
}

/** Walls as they are stated, in red where the rows go through them; dashed around the rows where they are not known. */
function walls({ width, depth }: HallPlan, rows: Size, scale: number, top: number): string {
  const drawn = { width: width.value ?? rows.width, depth: depth.value ?? rows.depth };
  const isKnown = width.value !== null && depth.value !== null;
  const isLeft = rows.width > drawn.width || rows.depth > drawn.depth;
  return rect(
    { x: MARGIN, y: top, width: drawn.width * scale, height: drawn.depth * scale },
    `fill="#f6f8fa" stroke="${isLeft ? COLOURS.failed : INK}"${isLeft ? ' stroke-width="3"' : ""}${isKnown ? "" : ' stroke-dasharray="6 4"'}`,
  );
}

function titleOf({ hall, building, buildings }: AlikeHalls, rows: Size): string {
  const [first] = buildings;
  const many = buildings.length > 1;
  const where = many ? `${first} … ${buildings.at(-1)} (${buildings.length} buildings)` : first;
  const { halls, podsPerHall, racksPerPod, system } = building;
  const size =
    hall.width.value !== null && hall.depth.value !== null
      ? `${metres(hall.width.value)} × ${metres(hall.depth.value)} m`
      : `rows of ${metres(rows.width)} × ${metres(rows.depth)} m, walls not known`;
  return `${where}, ${counted(halls, "hall")}${many ? " each" : ""}: ${counted(podsPerHall, "pod")} of ${racksPerPod} ${system}, ${size}`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** "in the row of each pod: 2 cdu, 4 rpp; along the wall: 4 air-handler". */
function contents({ inRow, atWall }: HallCabinets): string {
  const list = (of: readonly Cabinets[]) => of.map(({ level, count }) => `${count} ${level}`).join(", ");
  const parts = [
    ...(inRow.length > 0 ? [`in the row of each pod: ${list(inRow)}`] : []),
    ...(atWall.length > 0 ? [`along the wall: ${list(atWall)}`] : []),
  ];
  return parts.join("; ");
}

/** Racks as wide and deep as they are; the cabinets beside them share the row that is left in equal parts. */
function drawPod(pod: PodPosition, { hall, building, cabinets }: AlikeHalls, scale: number, top: number): string {
  const x = MARGIN + pod.x * scale;
  const y = top + (pod.y + ((hall.rowPitch.value ?? 0) - (hall.rack.depth ?? 0)) / 2) * scale;
  const height = (hall.rack.depth ?? 0) * scale;
  const racks = { x, y, width: (hall.rack.width ?? 0) * scale * building.racksPerPod, height };
  const rest = { x: x + racks.width, y, width: (hall.rowEquipment.value ?? 0) * scale, height };
  const shapes = [
    ...parts(racks, building.racksPerPod, FILL.rack, counted(building.racksPerPod, "rack")),
    ...side(cabinets.inRow, rest, rest.width),
  ];
  return `<g><title>${escapeHtml(`pod ${pod.pod}, row ${pod.row}`)}</title>${shapes.join("")}${label(`p${pod.pod}`, racks)}</g>`;
}

/** The name of a pod stands above its racks where there is room for it. */
const label = (name: string, { x, y, height }: Box): string =>
  height < 6 ? "" : `<text x="${round(x)}" y="${round(y - 3)}" font-size="10">${escapeHtml(name)}</text>`;

/** Cabinets side by side in a box, all of the same width, which is at most so much. */
function side(of: readonly Cabinets[], box: Box, widest: number): readonly string[] {
  const all = of.reduce((sum, { count }) => sum + count, 0);
  const each = all === 0 ? 0 : Math.min(widest, box.width / all);
  let { x } = box;
  return of.flatMap(({ kind, level, count }) => {
    const own = { ...box, x, width: each * count };
    x += own.width;
    return parts(own, count, FILL[kind], `${count} ${level}`);
  });
}

/** A box in equal parts; one box where they are too narrow to tell apart. */
function parts(box: Box, count: number, fill: string, title: string): readonly string[] {
  const shown = box.width / count < NARROWEST ? 1 : count;
  const width = box.width / shown;
  const shapes = Array.from({ length: shown }, (_, index) =>
    rect({ ...box, x: box.x + index * width, width }, `fill="${fill}" stroke="#fff" stroke-width="0.5"`),
  );
  return [`<g><title>${escapeHtml(title)}</title>${shapes.join("")}</g>`];
}

const legend = (): string =>
  Object.entries(FILL)
    .map(
      ([name, fill], index) =>
        `${rect({ x: index * 100, y: 0, width: 12, height: 12 }, `fill="${fill}"`)}<text x="${index * 100 + 18}" y="11">${name}</text>`,
    )
    .join("");

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
const rect = ({ x, y, width, height }: Box, look: string): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" ${look}/>`;
const round = (value: number): string => String(Math.round(value * 100) / 100);
const metres = (millimetres: number): string => String(Math.round(millimetres / 10) / 100);
