import { Type } from "typebox";
import { block, count, type Decided, fact, id, idTemplate, list, quantity, reference } from "../site/fields.ts";

const building = block(
  {
    id: idTemplate("Name of the building."),
    halls: count("Data halls in the building.", 1, 1_000),
    podsPerHall: count("Pods (rows of racks on one set of RPPs) in a hall.", 1, 1_000),
    racksPerPod: count("GPU racks in a pod.", 1, 1_000),
    system: reference("system", "Catalog system in every rack."),
    otherIt: fact("ratio", "IT load beside the GPU racks (network, storage, management) as a share of theirs."),
  },
  "A building of equal halls, or a run of equal buildings.",
);
export const buildings = list(building, "Buildings, by template.", 1, 1_000);
export type Building = Decided<typeof building>;

const pool = block(
  {
    id: id("Name of the pool."),
    phase: reference("phase", "Phase whose racks the pool holds."),
    spareRacks: count("Racks kept out of service as spares."),
    capacity: Type.Enum(["owned", "reserved", "on-demand", "spot"], { description: "How the nodes are had." }),
    powerBudget: quantity(
      "power",
      "IT power that the workloads of the pool may draw together; Kueue's quota in watts.",
    ),
  },
  "GPU nodes under one queue and one power budget.",
);
export const pools = list(pool, "Pools of GPU nodes.", 1, 1_000);
export type Pool = Decided<typeof pool>;
