import { Type } from "typebox";
import {
  block,
  COUNT_SCHEMES,
  count,
  type Decided,
  fact,
  id,
  idTemplate,
  list,
  quantity,
  quarter,
  reference,
  SCOPES,
} from "../site/fields.ts";

/** What a node of the one-line is, in the field's words; sources first, loads last. */
const NODE_KINDS = [
  "supply",
  "utility",
  "storage",
  "genset",
  "transformer",
  "switchgear",
  "transfer-switch",
  "ups",
  "pdu",
  "busway",
  "rpp",
  "whip",
  "other-it",
  "rack",
] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

/**
 * Redundancy schemes, by what stays up of n equal elements when the largest planned loss happens. `catcher`: the last
 * element stands idle and takes over what another one leaves (block redundant). `distributed`: what they feed hangs on
 * pairs of them, every pair in turn (dual-corded over k systems).
 */
export const SCHEMES = [...COUNT_SCHEMES, "catcher", "distributed"] as const;
export type Scheme = (typeof SCHEMES)[number];
const scheme = Type.Enum([...SCHEMES], { description: "How much of the level may fail with the load still carried." });
const plantScheme = Type.Enum([...COUNT_SCHEMES], {
  description: "How many units may be out with the load still carried.",
});

const service = block(
  {
    id: idTemplate("Name of the supply contract or feeder."),
    voltage: fact("voltage", "Service voltage."),
    contracted: fact("power", "Power the contract allows to draw."),
    firm: fact("power", "Power that the supplier holds firm under a single outage."),
    ramp: Type.Optional(fact("powerRate", "Fastest change of load that the interconnection agreement allows.")),
    from: quarter("First quarter in which it supplies."),
    until: Type.Optional(quarter("Last quarter in which it supplies; without it, open-ended.")),
  },
  "A supply from outside the site.",
);

const plant = block(
  {
    id: id("Name of the plant."),
    units: fact("ratio", "Number of equal generating units."),
    unit: fact("power", "Rating of one unit."),
    scheme: plantScheme,
    start: Type.Optional(fact("duration", "Time from the call for a standing unit until it carries load.")),
    fuel: Type.Optional(fact("duration", "Time at rated load that the fuel on site lasts.")),
    ramp: Type.Optional(fact("powerRate", "Fastest change of load that the running units follow together.")),
    from: quarter("First quarter in which it supplies."),
    until: Type.Optional(quarter("Last quarter in which it supplies; without it, open-ended.")),
  },
  "On-site generation of equal units: 15 × 15 MW at N+1 is 210 MW firm.",
);

/** What a level may be; supplies, loads and cooling are stated elsewhere. */
const LEVEL_KINDS = [
  "storage",
  "genset",
  "transformer",
  "switchgear",
  "transfer-switch",
  "ups",
  "pdu",
  "busway",
  "rpp",
  "whip",
] as const satisfies readonly NodeKind[];

/** What a level is: as it says, else as its id does, else gear that only passes power on. */
export const kindOf = (id: string, kind: NodeKind | undefined): NodeKind =>
  kind ?? LEVEL_KINDS.find((each) => each === id) ?? "switchgear";

/** A genset has no feed: it waits until what it stands by for loses its own. */
export const isSource = (kind: NodeKind): boolean => kind === "genset";

const kind = Type.Enum([...LEVEL_KINDS], { description: "What an element is, where the id does not say so." });

/** What an element of a level, or a node of an as-built one-line, may state beside its rating. */
const element = {
  rating: fact("power", "Rating of one element."),
  derating: quantity(
    "ratio",
    "Share of the rating usable for continuous load: 80 % of a breaker, 100 % of a continuous rating.",
  ),
  efficiency: Type.Optional(
    fact("ratio", "Power out over power in. Without it the losses are only in PUE, as they are at the meter."),
  ),
  primary: Type.Optional(fact("voltage", "Voltage on the side of the supply, where an element transforms.")),
  voltage: Type.Optional(fact("voltage", "Voltage on the side of the load.")),
  transfer: Type.Optional(fact("duration", "Time a switch takes to change to the reserve that has power.")),
  rideThrough: Type.Optional(
    fact("duration", "How long stored energy carries the rated load: usable at end of life, not installed."),
  ),
  start: Type.Optional(fact("duration", "Time from the loss of the supply until a genset carries load.")),
  fuel: Type.Optional(fact("duration", "Time at rated load that the fuel on site lasts.")),
  stepLoad: Type.Optional(fact("ratio", "Largest step of load that a genset accepts, over its rating.")),
};

const level = block(
  {
    id: id("Name of the level, in the field's words: transformer, ups, busway, rpp, whip."),
    kind: Type.Optional(kind),
    per: Type.Enum([...SCOPES], { description: "What each set of elements feeds." }),
    count: count("Elements in each set.", 1, 1_000),
    scheme,
    fedBy: Type.Optional(
      reference(
        "level",
        "Level that feeds it. Without it, the level above in the list; the first hangs on the supply.",
      ),
    ),
    services: Type.Optional(
      list(
        reference("service", "Service."),
        "Services that feed it, its elements in turn, in place of a level.",
        1,
        100,
      ),
    ),
    reserve: Type.Optional(reference("level", "Level that takes over when nothing else feeds it: gensets, a catcher.")),
    maintainable: Type.Optional(
      Type.Boolean({
        description: "True where one element may be out for maintenance and any other outage is still carried.",
      }),
    ),
    ...element,
  },
  "One level of the distribution: so many equal elements for each site, building, hall, pod or rack.",
);

const NODE_ID = "^[a-z](?:[a-z0-9.-]{0,61}[a-z0-9])?$";
const nodeId = (description: string) =>
  Type.String({ pattern: NODE_ID, maxLength: 63, description, examples: ["b1.h1.p1.rpp-1"] });

const asBuiltNode = block(
  {
    id: nodeId("Name of the node; a rack has the name that the plan gives it: b1.h1.p1.r1."),
    kind: Type.Enum([...LEVEL_KINDS, "utility", "rack"], { description: "What the node is." }),
    feeds: list(nodeId("Node that feeds it."), "Nodes that share its load; none for a source.", 0, 100),
    reserves: Type.Optional(
      list(nodeId("Node."), "Nodes that take the whole load, in this order, once no feed has power.", 0, 100),
    ),
    maintainable: level.properties.maintainable,
    ...element,
    rating: Type.Optional(element.rating),
    derating: Type.Optional(element.derating),
  },
  "A node of the one-line as it was built.",
);

const outages = block(
  {
    ids: list(nodeId("Node of the one-line."), "Nodes that are out together.", 2, 20),
    why: Type.String({ minLength: 1, maxLength: 200, description: "What takes them out together." }),
  },
  "An outage of several nodes that is to be carried as well.",
);

/** What can act on a running load: upstream controllers alone. */
const SHED_ACTIONS = ["suspend", "power-cap"] as const;
export type ShedAction = (typeof SHED_ACTIONS)[number];
const SHED_ENFORCERS = ["kueue", "dynamo-power-agent", "nothing"] as const;
export type ShedEnforcer = (typeof SHED_ENFORCERS)[number];

const agreement = block(
  {
    id: id("Name of the agreement."),
    reduction: fact("ratio", "Share of the load at the meter that has to go."),
    within: fact("duration", "Time from the call until it has gone."),
    duration: fact("duration", "Longest time for which it stays away."),
    from: Type.Optional(quarter("First quarter in which it can be called; without it, from the first load on.")),
  },
  "An agreement by which the grid may call for less load.",
);

const shed = block(
  {
    pool: reference("pool", "Pool whose load goes down."),
    endpoint: Type.Optional(reference("endpoint", "Endpoint of the pool; without it, the whole pool.")),
    action: Type.Enum([...SHED_ACTIONS], {
      description: "Suspend the workloads, or limit the power of their GPUs.",
    }),
    enforcedBy: Type.Enum([...SHED_ENFORCERS], {
      description:
        "What does it: Kueue suspends by the stop policy of a queue, NVIDIA Dynamo's power agent limits GPUs. What nothing does is not counted.",
    }),
    perGpu: Type.Optional(
      fact(
        "power",
        "Of a power cap, the limit of each GPU; of a suspension, what a GPU with its share of the rack still draws, where the catalog does not know it.",
      ),
    ),
    within: fact("duration", "Time from the call until the load is down, as tried."),
    longest: Type.Optional(fact("duration", "Longest time for which it may stay down; without it, there is no limit.")),
  },
  "A way to draw less; the first of the list goes first.",
);

const curtailment = block(
  {
    agreements: list(agreement, "Agreements, each judged by itself.", 0, 50),
    shed: list(shed, "What goes down, in this order, until enough has gone.", 0, 1_000),
  },
  "What the grid may call for, and how the site answers.",
);

const alerts = block(
  {
    namespace: Type.String({
      pattern: "^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$",
      maxLength: 63,
      description: "Namespace in which the Prometheus operator looks for rules.",
      examples: ["monitoring"],
    }),
    release: Type.String({
      pattern: "^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$",
      maxLength: 63,
      description: "Value of the label `release` by which that Prometheus takes rules up.",
      examples: ["kube-prometheus-stack"],
    }),
  },
  "Alerts on measured power, as rules of the Prometheus operator; without the block there are none.",
);

export const power = block(
  {
    pue: fact("ratio", "Power at the meter over IT power, at the design point."),
    edpFactor: Type.Optional(
      fact("ratio", "EDP factor that the racks are set to: how far a short excursion goes above TDP."),
    ),
    autonomy: Type.Optional(quantity("duration", "How long the fuel on site has to last at rated load.")),
    ramp: Type.Optional(fact("powerRate", "Fastest change of the whole site's load, with power smoothing as set.")),
    services: list(service, "Supplies from outside the site.", 0, 100),
    generation: list(plant, "Plants on the site.", 0, 100),
    distribution: list(level, "Levels between the meter and the rack, from the meter down.", 0, 50),
    asBuilt: Type.Optional(
      list(asBuiltNode, "The one-line as it was built, node by node, in place of the levels.", 1, 200_000),
    ),
    outages: Type.Optional(list(outages, "Outages of several nodes together, beside every single one.", 0, 100)),
    curtailment: Type.Optional(curtailment),
    alerts: Type.Optional(alerts),
  },
  "Where the power comes from and how it reaches the racks.",
);
export type Power = Decided<typeof power>;
export type Service = Power["services"][number];
export type Plant = Power["generation"][number];
export type Curtailment = Decided<typeof curtailment>;
export type Agreement = Curtailment["agreements"][number];
export type Shed = Curtailment["shed"][number];
export type Level = Power["distribution"][number];
export type AsBuiltNode = NonNullable<Power["asBuilt"]>[number];
