import type { Dimension } from "../../quantity.ts";
import type { Fault } from "../fault.ts";
import { type FieldSchema, SITE_FIELDS } from "../field-schema.ts";
import { didYouMean } from "../nearest.ts";
import { byPath, few, namesAt } from "./names.ts";

/** Ids that stand outside the file: the catalog's and the policy pack's. */
export interface KnownIds {
  readonly systems: readonly string[];
  readonly coolants: readonly string[];
  readonly switches: readonly string[];
  readonly instances: readonly string[];
  readonly ultraServers: readonly string[];
  readonly models: readonly string[];
  readonly traffic: readonly string[];
  readonly gates: readonly string[];
  readonly studies: readonly string[];
  /** By gate, then by name: what its documents state. */
  readonly measures: ReadonlyMap<string, ReadonlyMap<string, KnownMeasure>>;
  /** Null where no policy pack is at hand: waivers are then not held against it. */
  readonly rules: readonly string[] | null;
}

export interface KnownMeasure {
  readonly dimension: Dimension;
  /** It has one limit, which the parties may tighten; a range stands as it is. */
  readonly agreeable: boolean;
}

interface Reference {
  readonly selector: string;
  readonly to: string;
}

/** Ids that a reference may name, or null where they are not all known. */
interface Referents {
  readonly ids: readonly string[];
  readonly where: string;
}

const MAX_FAULTS = 100;

/** Every reference names something that is there. */
export function unknownReferences(root: unknown, known: KnownIds): readonly Fault[] {
  return REFERENCES.flatMap((reference) => {
    const referents = referentsOf(reference.to, root, known);
    return referents === null ? [] : missing(root, reference, referents);
  });
}

/** Where the schema has references, by its own keyword; the buildings of a phase are templates and stand apart. */
export const REFERENCES: readonly Reference[] = [
  { selector: "phases[].buildings[]", to: "building" },
  ...referencesIn(SITE_FIELDS, ""),
];

function referencesIn(schema: FieldSchema, selector: string): readonly Reference[] {
  if (schema.reference !== undefined) return [{ selector, to: schema.reference }];
  if (schema.items !== undefined) return referencesIn(schema.items, `${selector}[]`);
  const fields = Object.entries(schema.properties ?? {});
  return fields.flatMap(([key, field]) => referencesIn(field, selector === "" ? key : `${selector}.${key}`));
}

const DECLARED = new Map([
  ["service", "power.services[].id"],
  ["level", "power.distribution[].id"],
  ["building", "buildings[].id"],
  ["phase", "phases[].id"],
  ["pool", "pools[].id"],
  ["tenant", "serving.tenants[].id"],
  ["endpoint", "serving.endpoints[].id"],
]);

function referentsOf(to: string, root: unknown, known: KnownIds): Referents | null {
  const declared = DECLARED.get(to);
  if (declared !== undefined) {
    const { names, complete } = namesAt(root, declared);
    return complete ? { ids: names.map(({ id }) => id), where: "of the site" } : null;
  }
  const outside = new Map<string, Referents | null>([
    ["instance", { ids: known.instances, where: "of the catalog" }],
    ["ultra-server", { ids: known.ultraServers, where: "of the catalog" }],
    ["system", { ids: known.systems, where: "of the catalog" }],
    ["coolant", { ids: known.coolants, where: "of the catalog" }],
    ["switch", { ids: known.switches, where: "of the catalog" }],
    ["model", { ids: known.models, where: "of the catalog" }],
    ["traffic", { ids: known.traffic, where: "of the catalog" }],
    ["gate", { ids: known.gates, where: "of the catalog" }],
    ["study", { ids: known.studies, where: "of the catalog" }],
    ["rule", known.rules === null ? null : { ids: known.rules, where: "of the policy pack" }],
  ]).get(to);
  if (outside === undefined) throw new Error(`the schema has a reference to ${to}, and nothing says where those are`);
  return outside;
}

function missing(root: unknown, { selector, to }: Reference, { ids, where }: Referents): readonly Fault[] {
  const there = new Set(ids);
  const absent = namesAt(root, selector).names.filter(({ id }) => !there.has(id));
  return byPath(absent)
    .slice(0, MAX_FAULTS)
    .map(({ path, ids: got }) => ({
      path,
      problem: `unknown ${to}`,
      got: few(got),
      allowed: allowedOf(to, ids, where),
      fix: fixOf(to, got, ids, where),
    }));
}

const allowedOf = (to: string, ids: readonly string[], where: string): string =>
  ids.length === 0
    ? `there is no ${to} ${where}`
    : ids.length <= 12
      ? ids.join(", ")
      : `one of the ${ids.length} ${to}s ${where}`;

function fixOf(to: string, got: readonly string[], ids: readonly string[], where: string): string {
  const otherwise = `name a ${to} ${where}`;
  return got.length === 1 ? didYouMean(got[0] ?? "", ids, otherwise) : otherwise;
}
