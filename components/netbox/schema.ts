import { type Static, type TProperties, Type } from "typebox";
import { block, list, text } from "../site/fields.ts";

/**
 * What NetBox takes: device types as netbox-community/devicetype-library writes them (its schema of October 2025), power
 * panels and power feeds as NetBox 4 imports them. Types of connectors are NetBox's own list and stay text here.
 */
const MAX_COMPONENTS = 5_000;
const flag = (description: string) => Type.Boolean({ description });
const whole = (description: string, minimum: number, maximum: number) =>
  Type.Integer({ minimum, maximum, description });
const number = (description: string, maximum: number) => Type.Number({ minimum: 0, maximum, description });
const word = <const Words extends readonly string[]>(words: Words, description: string) =>
  Type.Enum([...words] as string[], { description });
const optional = <Fields extends TProperties>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, Type.Optional(field)])) as {
    [Key in keyof Fields]: ReturnType<typeof Type.Optional<Fields[Key]>>;
  };

const shown = { label: text("Label on the device.", 64), description: text("What it is.", 200) };
const named = { name: text("Name, once a device.", 64), ...optional(shown) };
const connector = { ...named, type: text("Connector, in NetBox's word.", 50) };

const powerPort = block(
  {
    ...connector,
    maximum_draw: Type.Optional(whole("Most that the port draws, in watts.", 1, 1_000_000)),
    allocated_draw: Type.Optional(whole("Draw that is planned for, in watts.", 1, 1_000_000)),
  },
  "An inlet.",
);
const networkInterface = block(
  {
    ...connector,
    ...optional({
      enabled: flag("Whether it is up."),
      mgmt_only: flag("Whether it carries management alone."),
      bridge: text("Interface it bridges.", 64),
      poe_mode: text("Power over Ethernet: mode.", 50),
      poe_type: text("Power over Ethernet: type.", 50),
      rf_role: text("Role of a radio.", 50),
    }),
  },
  "A network interface.",
);
const component = Type.Object(named, { description: "A component, by name." });
const components = <Item extends Parameters<typeof list>[0]>(item: Item, description: string) =>
  Type.Optional(list(item, description, 0, MAX_COMPONENTS));

const deviceType = Type.Object(
  {
    manufacturer: text("Maker of the device.", 100),
    model: text("Model, in the maker's words.", 100),
    slug: Type.String({
      pattern: "^[-a-z0-9_]+$",
      maxLength: 100,
      description: "Name of the type: lower case, digits, hyphens.",
      examples: ["nvidia-qm9700"],
    }),
    u_height: Type.Number({ minimum: 0, maximum: 100, multipleOf: 0.5, description: "Height in rack units." }),
    is_full_depth: flag("Whether it fills both faces of the rack."),
    ...optional({
      part_number: text("Part number.", 50),
      airflow: text("Direction of the air.", 50),
      weight: number("Weight, in weight_unit.", 1e9),
      weight_unit: word(["kg", "g", "lb", "oz"], "Unit of the weight."),
      front_image: flag("Whether there is a picture of its front."),
      rear_image: flag("Whether there is a picture of its rear."),
      subdevice_role: word(["parent", "child"], "Whether it holds devices, or is held."),
      is_powered: flag("Whether it has a supply of its own."),
      description: text("What it is.", 200),
      comments: Type.String({ maxLength: 100_000, description: "Remarks." }),
    }),
    "power-ports": components(powerPort, "Inlets."),
    interfaces: components(networkInterface, "Network interfaces."),
    "console-ports": components(component, "Console ports."),
    "console-server-ports": components(component, "Ports of a console server."),
    "power-outlets": components(component, "Outlets of a power distribution unit."),
    "front-ports": components(component, "Ports of a patch panel, in front."),
    "rear-ports": components(component, "Ports of a patch panel, behind."),
    "module-bays": components(component, "Places for modules."),
    "device-bays": components(component, "Places for devices."),
    "inventory-items": components(component, "Parts."),
  },
  {
    additionalProperties: false,
    dependentRequired: { weight: ["weight_unit"], weight_unit: ["weight"] },
    description: "A device type.",
  },
);

const importable = optional({
  description: text("What it is.", 200),
  owner: text("Who answers for it.", 100),
  comments: Type.String({ maxLength: 100_000, description: "Remarks." }),
  tags: text("Tags, parted by commas.", 500),
  location: text("Location within the site.", 100),
});

const powerPanel = block(
  { ...importable, site: text("NetBox site.", 100), name: text("Name, once a site.", 100) },
  "A power panel: an RPP.",
);

const powerFeed = block(
  {
    ...importable,
    power_panel: text("Panel that feeds it.", 100),
    name: text("Name, once a panel.", 100),
    ...optional({
      site: text("NetBox site of the panel.", 100),
      rack: text("Rack that it feeds.", 100),
      tenant: text("Tenant.", 100),
      status: word(["offline", "active", "planned", "failed"], "Whether it is in service."),
      type: word(["primary", "redundant"], "Primary or redundant."),
      supply: word(["ac", "dc"], "AC or DC."),
      phase: word(["single-phase", "three-phase"], "Phases."),
      voltage: whole("Volts; below 0 for DC alone.", -1_000_000, 1_000_000),
      amperage: whole("Amperes of the breaker.", 1, 100_000),
      max_utilization: whole("Percent of the breaker that may be drawn.", 1, 100),
      mark_connected: flag("Whether it counts as connected."),
    }),
  },
  "A power feed: a circuit from a panel.",
);

export const FORMS = {
  "device-type": deviceType,
  "device-types": list(deviceType, "Device types.", 0, 1_000),
  "power-panel": powerPanel,
  "power-panels": list(powerPanel, "Power panels.", 0, 10_000),
  "power-feed": powerFeed,
  "power-feeds": list(powerFeed, "Power feeds.", 0, 10_000),
} as const;
export type FormName = keyof typeof FORMS;

export type WrittenDeviceType = Static<typeof deviceType>;
export type WrittenPowerPanel = Static<typeof powerPanel>;
export type WrittenPowerFeed = Static<typeof powerFeed>;
