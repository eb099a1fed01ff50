import { type Static, Type } from "typebox";
import { block, count, type Decided, fact, id, idTemplate, list, quantity, reference, text } from "../site/fields.ts";

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

/** An instant with its offset to UTC: "2026-12-01T11:30Z", "2026-12-01T06:30-05:00". */
const instant = (description: string) =>
  Type.String({
    pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?:Z|[+-]\\d{2}:\\d{2})$",
    maxLength: 22,
    description,
    examples: ["2026-12-01T11:30Z"],
  });

const reservationId = (description: string) =>
  Type.String({ pattern: "^cr-[0-9a-f]{8,17}$", maxLength: 20, description, examples: ["cr-0123456789abcdef0"] });

const capacityBlock = block(
  {
    kind: Type.Literal("capacity-block"),
    id: reservationId("Id of the purchased block."),
    count: count("Instances of the block.", 1, 10_000),
    from: instant("When the block starts."),
    until: instant("When the block ends: 11:30 UTC."),
    neededUntil: instant(
      "Until when the workloads must run: before the nodes are drained, at 11:00 UTC of the last day.",
    ),
  },
  "A Capacity Block: bought ahead, for a time, not to be cancelled.",
);
const onDemandReservation = block(
  {
    kind: Type.Literal("on-demand"),
    id: Type.Optional(reservationId("Id of a reservation that is there already; without it, one is made.")),
    count: count("Instances of the reservation: billed whether they run or not.", 1, 10_000),
  },
  "An On-Demand Capacity Reservation, open-ended, used only by the nodes of the pool.",
);
const reservation = Type.Unsafe<Static<typeof capacityBlock> | Static<typeof onDemandReservation>>({
  description: "The reservation that the nodes come from; of pools with capacity reserved, and only of those.",
  type: "object",
  required: ["kind"],
  properties: { kind: { type: "string", description: "Kind of reservation: capacity-block or on-demand." } },
  discriminator: { propertyName: "kind" },
  oneOf: [capacityBlock, onDemandReservation],
});

const instances = block(
  {
    type: reference("instance", "Catalog instance of every node."),
    ultraServer: Type.Optional(
      reference(
        "ultra-server",
        "Catalog UltraServer that the instances come in; left out, the only one of which the reservation holds a whole number.",
      ),
    ),
    count: count("Nodes.", 1, 10_000),
    spare: count("Nodes kept out of service as spares.", 0, 10_000),
    zone: text("Availability zone of all nodes: one of the target's.", 40),
    pricePerHour: Type.Optional(
      fact(
        "money",
        "Price of a node an hour, where it is not the published on-demand price: of a block, of spot, by contract.",
      ),
    ),
    reservation: Type.Optional(reservation),
  },
  "Instances of a cloud; a site with racks of its own has none.",
);
export type Instances = Decided<typeof instances>;
export type Reservation = NonNullable<Instances["reservation"]>;

const reliability = block(
  {
    failures: fact("ratio", "Failures of a node in a thousand days of service."),
    repair: fact("duration", "Time from a failure until the node, or another in its place, serves again."),
    assurance: quantity("ratio", "Share of the time in which the spares must be enough."),
  },
  "How often nodes fail and how long they are missing; with it the spares are held against what they must cover.",
);
export type Reliability = Decided<typeof reliability>;

/** A setting of the nodes that the program does not make: found out like a figure, with its source. */
const setting = <Value extends string>(values: readonly Value[], description: string) =>
  block(
    {
      value: Type.Enum([...values, "unknown" as const], { description: "What it is set to, or unknown." }),
      source: Type.Optional(text("Document, page or measurement that states it.", 500)),
      assumed: Type.Optional(
        Type.Boolean({ description: "True where no source states it and the site goes on with this value." }),
      ),
    },
    description,
  );
const memlock = setting(
  ["unlimited", "limited"],
  "Memory that containers may lock on the nodes, as the container runtime sets it; RDMA and EFA register none beyond a limit.",
);
const remediation = setting(
  ["automatic", "by-hand"],
  "How faulty nodes are taken out of service and mended: by controllers such as NVSentinel with quarantine and remediation on, or by somebody who is called.",
);
export type Memlock = "unlimited" | "limited";
export type Remediation = "automatic" | "by-hand";

const pool = block(
  {
    id: id("Name of the pool."),
    phase: reference("phase", "Phase whose racks the pool holds, or with which its instances come."),
    capacity: Type.Enum(["owned", "reserved", "on-demand", "spot"], { description: "How the nodes are had." }),
    spareRacks: Type.Optional(count("Racks kept out of service as spares; needed where the site has racks.")),
    powerBudget: Type.Optional(
      quantity(
        "power",
        "IT power that the workloads of the pool may draw together; Kueue's quota in watts. Needed where the site has racks.",
      ),
    ),
    powerCap: Type.Optional(powerCap),
    memlock: Type.Optional(memlock),
    remediation: Type.Optional(remediation),
    instances: Type.Optional(instances),
    warmNodes: Type.Optional(
      count("Nodes in service that the queue hands out to nobody: ready for the next failure, or the next peak."),
    ),
    overflow: Type.Optional(
      list(
        reference("pool", "Pool of the same instances."),
        "Pools whose idle nodes the queue borrows while its own are taken: reserved ones first, then on demand, then spot.",
        1,
        20,
      ),
    ),
    reliability: Type.Optional(reliability),
  },
  "GPU nodes under one queue and one power budget.",
);
export const pools = list(pool, "Pools of GPU nodes.", 1, 1_000);
export type Pool = Decided<typeof pool>;
