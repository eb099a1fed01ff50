import type { Switch, System } from "../../catalog/catalog.ts";
import type { BitsPerSecond } from "../../quantity.ts";
import { rackLeaf, railLeaf } from "./leaf.ts";
import type { FabricDemand } from "./size.ts";

/** What a person decides of a fabric; the rest stands in the catalog. */
export interface FabricChoice {
  readonly nodes: number;
  readonly planes: number;
  /** Node side over spine side of a leaf; 1 is nonblocking. */
  readonly oversubscription: number;
  readonly leafPerRackPerRail: boolean;
  readonly ufm: boolean;
}

interface UnknownFact {
  readonly kind: "unknown-fact";
  readonly fact: string;
  readonly source: string;
}
export interface NoSuchSpeed {
  readonly kind: "no-such-speed";
  readonly wanted: BitsPerSecond;
  readonly offered: readonly BitsPerSecond[];
}
/** What keeps a fabric from being sized. */
export type DemandFault = UnknownFact | NoSuchSpeed;

export const isDemandFault = <F extends DemandFault>(demand: FabricDemand | F): demand is F => "kind" in demand;

/** The compute fabric of a system on a switch. */
export function computeDemand(system: System, from: Switch, choice: FabricChoice): FabricDemand | DemandFault {
  const { leafPerRackPerRail, ...rest } = choice;
  const rails = system.computePorts.value;
  const portSpeed = system.computePortSpeed.value;
  const nodesPerRack = system.nodesPerRack.value;
  if (rails === null) return unknownFact(system, "computePorts");
  if (portSpeed === null) return unknownFact(system, "computePortSpeed");
  if (leafPerRackPerRail && nodesPerRack === null) return unknownFact(system, "nodesPerRack");
  return portDemand(from, { ...rest, rails, portSpeed, nodesPerLeafOfRack: leafPerRackPerRail ? nodesPerRack : null });
}

interface Ports extends Omit<FabricChoice, "leafPerRackPerRail"> {
  readonly rails: number;
  readonly portSpeed: BitsPerSecond;
  /** Nodes of a rack where each rail of a rack has a leaf; null where each rail of a scalable unit has. */
  readonly nodesPerLeafOfRack: number | null;
}

/**
 * Nodes with so many ports on a switch. Each port runs at its speed over the planes, and the switch counts with the
 * ports that it has at that speed: 64 × 800 Gb/s are 128 × 400 Gb/s on each of two planes.
 */
export function portDemand(from: Switch, ports: Ports): FabricDemand | NoSuchSpeed {
  const { portSpeed, nodesPerLeafOfRack, oversubscription, ...rest } = ports;
  const link = (portSpeed / ports.planes) as BitsPerSecond;
  const radix = from.portsAt.get(link)?.value ?? null;
  if (radix === null) return { kind: "no-such-speed", wanted: link, offered: [...from.portsAt.keys()] };
  return {
    ...rest,
    linkGbps: link / 1e9,
    leaf:
      nodesPerLeafOfRack === null ? railLeaf(radix, oversubscription) : rackLeaf(nodesPerLeafOfRack, oversubscription),
    uplinkGbps: link / 1e9,
    radix,
  };
}

/** Ports that share a cage at a speed; 1 where the catalog does not know. */
export function portsPerCage(from: Switch, link: BitsPerSecond | null): number {
  const ports = link === null ? null : (from.portsAt.get(link)?.value ?? null);
  const cages = from.cages.value;
  return ports === null || cages === null ? 1 : Math.max(1, Math.round(ports / cages));
}

const unknownFact = (system: System, fact: "computePorts" | "computePortSpeed" | "nodesPerRack"): UnknownFact => ({
  kind: "unknown-fact",
  fact: `catalog:systems/${system.id}/${fact}`,
  source: system[fact].source,
});
