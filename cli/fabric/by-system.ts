import type { Catalog, Switch, System } from "../../components/catalog/catalog.ts";
import {
  computeDemand,
  type DemandFault,
  isDemandFault,
  portsPerCage,
} from "../../components/network/fabric/demand.ts";
import { plainNaming } from "../../components/network/fabric/device.ts";
import { type FabricSize, isTooLarge, sizeFabric } from "../../components/network/fabric/size.ts";
import { type BitsPerSecond, print } from "../../components/quantity.ts";
import type { Listed } from "../format/fabric-lists.ts";
import { Problem } from "../problem.ts";
import { type FabricOptions, named, ratio, whole } from "./options.ts";

const MOST_NODES = 10_000_000;
const MOST_PLANES = 8;

export interface BySystem extends Listed {
  readonly system: System;
  readonly from: Switch;
}

/** A fabric from a system, its number and a switch; it has no hall, and its nodes are numbered. */
export function bySystem(options: FabricOptions, catalog: Catalog): BySystem {
  const system = named("system", options.system, catalog.systems);
  const from = named("switch", options.switch, catalog.switches);
  const size = sized(system, from, options);
  const naming = plainNaming(portsPerCage(from, (size.demand.linkGbps * 1e9) as BitsPerSecond));
  return { system, from, size, naming, protocol: from.protocol, given: null, hall: null, media: catalog.media };
}

function sized(system: System, from: Switch, options: FabricOptions): FabricSize {
  const demand = computeDemand(system, from, {
    nodes: whole("nodes", options.nodes, MOST_NODES),
    planes: whole("planes", options.planes ?? "1", MOST_PLANES),
    oversubscription: ratio("oversubscription", options.oversubscription ?? "1"),
    leafPerRackPerRail: options.leafPerRackPerRail === true,
    ufm: options.ufm === true,
  });
  if (isDemandFault(demand)) throw impossible(demand, system, from);
  const size = sizeFabric(demand);
  if (!isTooLarge(size)) return size;
  throw new Problem({
    what: "--nodes",
    got: String(demand.nodes),
    allowed: `at most ${size.maxNodes} on three tiers of ${from.id}`,
    fix: "take a switch with more ports, more planes, or several fabrics",
  });
}

function impossible(fault: DemandFault, system: System, from: Switch): Problem {
  if (fault.kind === "unknown-fact") {
    return new Problem({
      what: `--system ${system.id}`,
      got: `${fault.fact} unknown`,
      allowed: "a system whose ports are known",
      fix: `find it out; the catalog says: ${fault.source}`,
    });
  }
  return new Problem({
    what: `--switch ${from.id}`,
    got: `${print("dataRate", fault.wanted)} a port`,
    allowed: fault.offered.map((speed) => print("dataRate", speed)).join(", "),
    fix: "take another switch, or other --planes",
  });
}
