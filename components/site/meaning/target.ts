import type { Fault } from "../fault.ts";
import { type FieldSchema, SITE_FIELDS } from "../field-schema.ts";
import { select } from "../select.ts";
import { missingField } from "../shape-fault.ts";

/** A key that sites have which stand in buildings of their own, or only those that rent instances of a cloud. */
interface TargetKey {
  /** Blocks in which it stands; "" is the whole file. */
  readonly in: string;
  readonly key: string;
  readonly of: "racks" | "instances";
  /** May be left out where it may stand. */
  readonly optional?: true;
}

const racks = (block: string, ...keys: readonly string[]): readonly TargetKey[] =>
  keys.map((key) => ({ in: block, key, of: "racks" }));

const KEYS: readonly TargetKey[] = [
  ...racks("", "power", "buildings"),
  ...racks("phases[]", "buildings"),
  { in: "phases[]", key: "studies", of: "racks", optional: true },
  { in: "", key: "cooling", of: "racks", optional: true },
  ...["fabrics", "ways", "addresses"].map((key): TargetKey => ({ in: "network", key, of: "racks", optional: true })),
  ...racks("pools[]", "spareRacks", "powerBudget"),
  { in: "pools[]", key: "powerCap", of: "racks", optional: true },
  { in: "pools[]", key: "instances", of: "instances" },
  // A power budget is one pool's: what it borrowed elsewhere would be counted in the wrong one.
  { in: "pools[]", key: "overflow", of: "instances", optional: true },
  ...racks("cost", "tariff", "wacc", "itLife", "facilityLife", "facilityPerWatt"),
  ...racks("cost.budget", "capex"),
];

/** What the blueprint is built on, where it says so in a word that is known. */
export const targetOf = (root: unknown): unknown => select(root, "target.kind").found[0]?.value;

/** Each target has the keys that it needs, and none that it can do nothing with. */
export function targetFaults(root: unknown): readonly Fault[] {
  const target = targetOf(root);
  if (target !== "aws" && target !== "kubernetes" && target !== "render") return [];
  const has = target === "aws" ? "instances" : "racks";
  return KEYS.flatMap((key) =>
    (key.in === "" ? [{ value: root, path: "" }] : select(root, key.in).found)
      .filter(({ value }) => typeof value === "object" && value !== null && !Array.isArray(value))
      .flatMap(({ value, path }) => {
        const stands = Object.hasOwn(value as object, key.key);
        const at = path === "" ? key.key : `${path}.${key.key}`;
        if (key.of === has) return stands || key.optional === true ? [] : [missing(at, key)];
        return stands ? [outOfPlace(at, key, target)] : [];
      }),
  );
}

const missing = (path: string, { in: block, key }: TargetKey): Fault => ({
  path,
  atKey: true,
  ...missingField(key, fieldAt(block === "" ? key : `${block}.${key}`)),
});

const outOfPlace = (path: string, { key, of }: TargetKey, target: string): Fault => ({
  path,
  atKey: true,
  problem: `target ${target} has no ${key}`,
  got: key,
  allowed:
    of === "racks"
      ? "a site on AWS rents its instances: power, buildings and capital are the landlord's"
      : "instances are rented on target aws",
  fix:
    of === "racks"
      ? "delete it, or build the site on kubernetes or render"
      : "describe racks, or set target: { kind: aws, … }",
});

function fieldAt(path: string): FieldSchema {
  let field: FieldSchema | undefined = SITE_FIELDS;
  for (const part of path.split(".")) {
    field = field?.properties?.[part.replace("[]", "")];
    if (part.endsWith("[]")) field = field?.items;
  }
  return field ?? {};
}
