import { addressing } from "../../components/network/addresses/allocate.ts";
import { type SiteFabric, siteFabrics } from "../../components/network/fabrics.ts";
import type { Opened } from "../../components/open.ts";
import type { Listed } from "../format/fabric-lists.ts";
import { Problem } from "../problem.ts";
import { type FabricOptions, named } from "./options.ts";

/** One fabric of one building of a site: the first of each where none is named. */
export function bySite({ site, catalog }: Opened, { fabric, building }: FabricOptions): Listed {
  const all = siteFabrics(site, catalog);
  const [first] = all;
  if (first === undefined) {
    const allowed = "a site that states its fabrics";
    throw new Problem({ what: "network.fabrics", got: "none", allowed, fix: "state them in the blueprint" });
  }
  const buildings = Map.groupBy(all, (each) => each.building);
  const own = named("building", building ?? first.building, buildings);
  const withSpines = own.filter((each) => each.fabric.leaf !== "access");
  const byId = new Map(withSpines.map((each) => [each.fabric.id, each] as const));
  return listed(named("fabric", fabric ?? withSpines[0]?.fabric.id, byId), catalog.media);
}

function listed(stated: SiteFabric, media: Listed["media"]): Listed {
  const { size, naming, hall, fabric, missing, impossible, pools, place, from } = stated;
  if (size !== null) {
    const given = pools === null ? null : addressing(size, pools, place);
    return { size, naming, hall, media, protocol: from.protocol, given };
  }
  throw new Problem({
    what: `--fabric ${fabric.id}`,
    got: impossible ?? `not known: ${missing.join(", ")}`,
    allowed: "a fabric that can be sized",
    fix: "see millrace check: network/sized",
  });
}
