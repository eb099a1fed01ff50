import { Type } from "typebox";
import { block, count, type Decided, fact, id, list, quantity, reference, text } from "../site/fields.ts";

const CARRIED = ["compute", "storage", "in-band", "out-of-band"] as const;
const LEAF_FORMS = ["unit", "rack", "access"] as const;

const fabric = block(
  {
    id: id("Name of the fabric."),
    carries: list(
      Type.Enum([...CARRIED], { description: "A kind of traffic." }),
      "What runs over it; converged fabrics carry more than one kind.",
      1,
      CARRIED.length,
    ),
    switch: reference("switch", "Catalog switch on all its tiers."),
    leaf: Type.Enum([...LEAF_FORMS], {
      description:
        "What has a leaf of its own: each rail of a scalable unit, each rail of a rack, or access: as many ports as fit, without spines.",
    }),
    planes: count("Fabrics that each port of a node is split over.", 1, 8),
    oversubscription: quantity("ratio", "Node side over spine side of a leaf; 1 is nonblocking."),
    portsPerNode: Type.Optional(
      fact("ratio", "Ports of a node, each a rail; left out for compute, where the catalog has them."),
    ),
    portSpeed: Type.Optional(fact("dataRate", "Speed of such a port; left out for compute, where the catalog has it.")),
    portsPerRack: Type.Optional(fact("ratio", "Ports that a rack itself takes of an access fabric: its power units.")),
    switchPower: Type.Optional(fact("power", "Load of one switch, where the catalog does not know it.")),
    keeps: quantity(
      "ratio",
      "Share of its bandwidth that every node keeps, whichever one link, port or switch is lost.",
    ),
  },
  "A network of each building.",
);
export type Fabric = Decided<typeof fabric>;

const ways = block(
  {
    rackPitch: fact("length", "From rack to rack in a row."),
    hallPitch: fact("length", "From hall to hall of a building."),
    drop: fact("length", "From a port up to the tray above its rack."),
    slack: quantity("ratio", "Share of the way that is laid in addition."),
    unitsPerRack: count("Height units that switches may fill in a network rack.", 1, 60),
  },
  "The ways of the cables in a hall, beside what buildings[].hall says of its rows.",
);
export type Ways = Decided<typeof ways>;

const prefix = (description: string, example: string) =>
  Type.String({ minLength: 1, maxLength: 43, description, examples: [example] });
const pool = (description: string, ipv4: string, ipv6: string) =>
  block({ ipv4: prefix("Prefix in IPv4.", ipv4), ipv6: prefix("Prefix in IPv6.", ipv6) }, description);

const addresses = block(
  {
    rails: pool("Subnets of the nodes' ports, one for each leaf.", "10.0.0.0/9", "fd00:1::/32"),
    links: pool("Two addresses for each cable between switches.", "10.128.0.0/10", "fd00:2::/32"),
    loopbacks: pool("One address for each switch.", "10.192.0.0/12", "fd00:3::/32"),
    firstAsn: count("First of the AS numbers, one for each switch.", 64_512, 4_294_967_294),
    buildings: count("Most buildings that the site will ever have; each has an equal share of every pool.", 1, 10_000),
    fabrics: count("Most fabrics that a building will ever have.", 1, 10),
  },
  "What the fabrics may give out, in both families. Buildings and fabrics keep their shares as long as they keep their order.",
);
export type Addresses = Decided<typeof addresses>;

export const network = block(
  {
    ingressNamespaces: list(
      text("Namespace.", 63),
      "Namespaces whose pods may call the endpoints: the gateway's. All other traffic into tenants is denied.",
      1,
      50,
    ),
    fabrics: Type.Optional(list(fabric, "Networks that each building has.", 1, 10)),
    ways: Type.Optional(ways),
    addresses: Type.Optional(addresses),
  },
  "Who may reach what on the cluster network, and the fabrics below it.",
);
export type Network = Decided<typeof network>;
