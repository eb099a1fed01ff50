import { type Device, deviceName, deviceOf, type End, type Naming, portName, portOf } from "./device.ts";
import type { FabricSize } from "./size.ts";
import { cables, farEnd } from "./wiring.ts";

/** One line of an export: what a port saw at the other end of its cable. */
export interface Sighting {
  readonly line: number;
  readonly device: string;
  readonly port: string;
  readonly neighbor: string;
  readonly neighborPort: string;
}

type Mistake = "swapped" | "wrong-rail" | "wrong-neighbor" | "no-such-port" | "seen-twice";

interface Miswired {
  readonly line: number;
  readonly mistake: Mistake;
  readonly at: string;
  readonly got: string;
  readonly wanted: string | null;
}

export interface LldpReport {
  readonly asPlanned: number;
  readonly miswired: readonly Miswired[];
  /** Cables of which neither end was seen, and the first of them. */
  readonly unseen: number;
  readonly firstUnseen: readonly string[];
}

const FIRST = 20;

/**
 * Holds what LLDP saw against the plan, port by port, by arithmetic: the cost is that of the export. Two ports that
 * each see what the other should are swapped; a right node on the wrong rail is the fault that slows a whole job.
 */
export function checkLldp(size: FabricSize, naming: Naming, sightings: Iterable<Sighting>): LldpReport {
  const name = (end: End) => `${deviceName(end.device, naming)}:${portName(end, size, naming)}`;
  const wrong = new Map<string, Miswired>();
  const ports = new Set<string>();
  const seen = new Set<string>();
  let asPlanned = 0;
  for (const sighting of sightings) {
    const at = `${sighting.device}:${sighting.port}`;
    const got = `${sighting.neighbor}:${sighting.neighborPort}`;
    const end = endOf(sighting.device, sighting.port, size, naming);
    const wanted = end === null ? null : farEnd(size, end);
    const told = (mistake: Mistake) =>
      wrong.set(`${sighting.line} ${at}`, { line: sighting.line, mistake, at, got, wanted: wanted && name(wanted) });
    if (ports.has(at)) told("seen-twice");
    else if (end === null || wanted === null) told("no-such-port");
    else {
      seen.add(cableOf(end, wanted, name));
      if (name(wanted) === got) asPlanned++;
      else told(isOtherRail(wanted.device, endOf(sighting.neighbor, sighting.neighborPort, size, naming)));
    }
    ports.add(at);
  }
  const total = size.nodeLeafCables + size.leafSpineCables + size.spineCoreCables;
  return {
    asPlanned,
    miswired: swapped([...wrong.values()]),
    unseen: total - seen.size,
    firstUnseen: total === seen.size ? [] : unseenOf(size, seen, name),
  };
}

function endOf(device: string, port: string, size: FabricSize, naming: Naming): End | null {
  const found = deviceOf(device, naming);
  const number = found === null ? null : portOf(port, found, size, naming);
  return found === null || number === null ? null : { device: found, port: number };
}

/** A cable bears the name of its lower end. */
const RANK = { node: 0, manager: 0, leaf: 1, spine: 2, core: 3 } as const;
const cableOf = (one: End, other: End, name: (end: End) => string): string =>
  name(RANK[one.device.kind] < RANK[other.device.kind] ? one : other);

function isOtherRail(wanted: Device, got: End | null): "wrong-rail" | "wrong-neighbor" {
  if (got === null) return "wrong-neighbor";
  const { device } = got;
  const sameNode = wanted.kind === "node" && device.kind === "node" && wanted.index === device.index;
  const sameUnit =
    wanted.kind === "leaf" && device.kind === "leaf" && wanted.unit === device.unit && wanted.leaf !== device.leaf;
  return sameNode || sameUnit ? "wrong-rail" : "wrong-neighbor";
}

/** Wrong ports that see what each other should. */
function swapped(wrong: readonly Miswired[]): readonly Miswired[] {
  const byWanted = new Map(wrong.flatMap((each) => (each.wanted === null ? [] : [[each.wanted, each] as const])));
  return wrong.map((each) => {
    const other = byWanted.get(each.got);
    const pair = other !== undefined && other !== each && other.got === each.wanted;
    return pair && each.mistake !== "seen-twice" ? { ...each, mistake: "swapped" } : each;
  });
}

function unseenOf(size: FabricSize, seen: ReadonlySet<string>, name: (end: End) => string): readonly string[] {
  const first: string[] = [];
  for (const { lower, upper } of cables(size)) {
    if (!seen.has(name(lower))) first.push(`${name(lower)} to ${name(upper)}`);
    if (first.length === FIRST) break;
  }
  return first;
}
