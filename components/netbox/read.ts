import { type Document, isMap, isSeq, type Node } from "yaml";
import type { Watts } from "../quantity.ts";
import type { Fault } from "../site/fault.ts";
import type { FieldSchema } from "../site/field-schema.ts";
import { printPath } from "../site/path.ts";
import { checkedData } from "../site/read.ts";
import type { SiteSource } from "../site/source.ts";
import { availablePower } from "./available-power.ts";
import type { Component, DeviceType, NetBoxFile, PowerFeed, PowerPanel } from "./records.ts";
import {
  FORMS,
  type FormName,
  type WrittenDeviceType,
  type WrittenPowerFeed,
  type WrittenPowerPanel,
} from "./schema.ts";

export type NetBoxRead =
  | ({ readonly ok: true } & NetBoxFile)
  | { readonly ok: false; readonly faults: readonly Fault[]; readonly source: SiteSource };

/** A file of one record, or a list of records of one kind, which its keys tell; every fault of the text otherwise. */
export function readNetBox(text: string, file: string): NetBoxRead {
  let form: FormName = "device-type";
  const checked = checkedData(
    text,
    file,
    (document) => {
      form = formNamed(document);
      return FORMS[form] as FieldSchema;
    },
    () => [],
  );
  if (!checked.ok) return checked;
  const { source, value } = checked;
  const records: readonly At[] = Array.isArray(value)
    ? value.map((each: unknown, index) => ({ value: each, at: printPath([index]) }))
    : [{ value, at: "" }];
  const kind = form.replace(/s$/, "");
  return {
    ok: true,
    source,
    deviceTypes: kind === "device-type" ? records.map(deviceTypeOf) : [],
    panels: kind === "power-panel" ? records.map(panelOf) : [],
    feeds: kind === "power-feed" ? records.map(feedOf) : [],
  };
}

interface At {
  readonly value: unknown;
  readonly at: string;
}

function formNamed({ contents }: Document.Parsed): FormName {
  if (!isSeq(contents)) return kindOf(contents);
  return `${kindOf((contents.items[0] ?? null) as Node | null)}s`;
}

function kindOf(node: Node | null): "device-type" | "power-panel" | "power-feed" {
  if (!isMap(node)) return "device-type";
  if (["power_panel", "voltage", "amperage", "max_utilization"].some((key) => node.has(key))) return "power-feed";
  return ["manufacturer", "model", "slug", "u_height"].some((key) => node.has(key)) || !node.has("site")
    ? "device-type"
    : "power-panel";
}

const GRAMS = { kg: 1_000, g: 1, lb: 453.592_37, oz: 28.349_523_125 } as const;

function deviceTypeOf({ value, at }: At): DeviceType {
  const written = value as WrittenDeviceType;
  const { weight, weight_unit: unit } = written;
  return {
    slug: written.slug,
    model: written.model,
    heightUnits: written.u_height,
    weightGrams: weight === undefined ? null : Math.round(weight * GRAMS[unit as keyof typeof GRAMS]),
    powerPorts: (written["power-ports"] ?? []).map(({ name, maximum_draw }, index) => ({
      name,
      maximumDraw: (maximum_draw ?? null) as Watts | null,
      at: inner(at, `power-ports[${index}]`),
    })),
    ports: (written.interfaces ?? []).flatMap(({ name, type, mgmt_only }, index) =>
      mgmt_only === true || type === "virtual" || type === "lag"
        ? []
        : [{ name, at: inner(at, `interfaces[${index}]`) }],
    ),
    doubledNames: doubledIn(written, at),
    at,
  };
}

/** Components of one kind are told apart by their names: NetBox refuses the second. */
function doubledIn(written: WrittenDeviceType, at: string): readonly Component[] {
  return Object.entries(written).flatMap(([kind, items]: readonly [string, unknown]) => {
    if (!Array.isArray(items)) return [];
    const seen = new Set<string>();
    return (items as readonly { readonly name: string }[]).flatMap(({ name }, index) => {
      if (seen.has(name)) return [{ name, at: inner(at, `${kind}[${index}].name`) }];
      seen.add(name);
      return [];
    });
  });
}

const panelOf = ({ value, at }: At): PowerPanel => {
  const { site, name } = value as WrittenPowerPanel;
  return { site, name, at };
};

function feedOf({ value, at }: At): PowerFeed {
  const written = value as WrittenPowerFeed;
  const rating = {
    supply: (written.supply ?? null) as PowerFeed["supply"],
    phase: (written.phase ?? null) as PowerFeed["phase"],
    volts: written.voltage ?? null,
    amperes: written.amperage ?? null,
    maxUtilizationPercent: written.max_utilization ?? null,
  };
  return {
    ...rating,
    site: written.site ?? null,
    panel: written.power_panel,
    rack: written.rack ?? null,
    name: written.name,
    role: (written.type ?? null) as PowerFeed["role"],
    inService: written.status === undefined || written.status === "active",
    available: availablePower(rating),
    at,
  };
}

const inner = (at: string, path: string): string => (at === "" ? path : `${at}.${path}`);
