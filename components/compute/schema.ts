import { Type } from "typebox";
import { block, count, type Decided, fact, id, idTemplate, list, quantity, reference } from "../site/fields.ts";

const hall = block(
  {
    width: fact("length", "Clear width of a hall, along its rows."),
    depth: fact("length", "Clear depth of a hall, across its rows."),
    clearHeight: fact("length", "Height that is free above the finished floor where racks stand and are moved."),
    floorLoad: fact("pressure", "Load that the floor carries under the footprint of a rack."),
    podsPerRow: count("Pods end to end in a row.", 1, 1_000),
    rowPitch: fact("length", "From the front of one row to that of the next: rack and aisle."),
    rowEquipment: fact("length", "Length of row that a pod takes beside its racks: CDUs, RPPs, network racks."),
    rackWeight: fact("mass", "Weight of a rack as it stands, with coolant."),
  },
  "Geometry of each of its halls.",
);

const building = block(
  {
    id: idTemplate("Name of the building."),
    halls: count("Data halls in the building.", 1, 1_000),
    podsPerHall: count("Pods (rows of racks on one set of RPPs) in a hall.", 1, 1_000),
    racksPerPod: count("GPU racks in a pod.", 1, 1_000),
    system: reference("system", "Catalog system in every rack."),
    workload: Type.Optional(
      Type.Enum(["training", "inference"], { description: "What the racks do: training draws its peak at once." }),
    ),
    diversity: Type.Optional(
      fact(
        "ratio",
        "Load of many racks together over the sum of their TDP, measured: what the racks share carries so much.",
      ),
    ),
    otherIt: fact("ratio", "IT load beside the GPU racks (network, storage, management) as a share of theirs."),
    hall: Type.Optional(hall),
  },
  "A building of equal halls, or a run of equal buildings.",
);
export const buildings = list(building, "Buildings, by template.", 1, 1_000);
export type Building = Decided<typeof building>;
export type Hall = NonNullable<Building["hall"]>;

/** What can set a cap: upstream controllers alone. `nothing` states a cap that somebody wants and nobody sets. */
const CAP_ENFORCERS = ["dynamo-power-agent", "nothing"] as const;
export type CapEnforcer = (typeof CAP_ENFORCERS)[number];

const powerCap = block(
  {
    perGpu: fact("power", "Power limit of each GPU of the pool."),
    enforcedBy: Type.Enum([...CAP_ENFORCERS], {
      description:
        "What sets the limit on the nodes: NVIDIA Dynamo's power agent, installed by its chart, or nothing. A cap that nothing sets is not counted.",
    }),
  },
  "Power cap of the pool's GPUs. Kueue counts a GPU at less only where the cap is enforced; supply and feeds are always planned uncapped.",
);
export type PoolCap = Decided<typeof powerCap>;

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
    powerCap: Type.Optional(powerCap),
  },
  "GPU nodes under one queue and one power budget.",
);
export const pools = list(pool, "Pools of GPU nodes.", 1, 1_000);
export type Pool = Decided<typeof pool>;
