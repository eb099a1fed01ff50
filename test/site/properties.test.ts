import { fc, test as property } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { parse as parseYaml, stringify } from "yaml";
import { type Dimension, print } from "../../components/quantity.ts";
import type { FieldSchema } from "../../components/site/field-schema.ts";
import { formOf, SITE_FIELDS } from "../../components/site/field-schema.ts";
import { type LoadResult, readSite } from "../../components/site/load.ts";
import type { Site } from "../../components/site/schema.ts";
import { showFaults } from "../../components/site/show-fault.ts";
import { MINIMAL_KNOWN, MINIMAL_SITE } from "../support/minimal-site.ts";

const reading = (text: string): LoadResult => readSite(text, "site.yaml", MINIMAL_KNOWN);

/** A text is read, or refused with faults that stand inside it and can be shown. */
function readOrRefused(text: string): LoadResult {
  const read = reading(text);
  if (read.ok) return read;
  expect(read.faults.length).toBeGreaterThan(0);
  expect(read.faults.length).toBeLessThanOrEqual(101);
  const lines = read.source.text.split("\n");
  let before = 0;
  for (const { path, atKey, ...told } of read.faults) {
    const { line, column } = read.source.locate(path, atKey === true ? "key" : "value");
    expect(column).toBeGreaterThan(0);
    expect(column - 1).toBeLessThanOrEqual(lines[line - 1]?.length ?? -1);
    expect(line).toBeGreaterThanOrEqual(before);
    before = line;
    for (const part of [told.problem, told.got, told.allowed, told.fix]) expect(part).not.toBe("");
  }
  expect(showFaults(read.faults, read.source)).toMatch(/^site\.yaml:/);
  return read;
}

describe("any text", () => {
  const anyText = fc.oneof(
    fc.string({ unit: "binary", maxLength: 500 }),
    fc.string({ unit: fc.constantFrom(..."a: \n-[]{},&*!|>'\"#%@`?\t\r1.e~"), maxLength: 300 }),
    fc
      .array(
        fc.constantFrom(
          "a: ",
          "- ",
          "\n",
          "  ",
          "[",
          "]",
          "{ ",
          " }",
          ", ",
          '"',
          "'",
          "&x ",
          "*x",
          "!t ",
          "|\n",
          "---\n",
          "site: ",
          "pools: ",
          "id: ",
          "? ",
          "# c\n",
        ),
        { maxLength: 60 },
      )
      .map((parts) => parts.join("")),
  );
  property.prop([anyText], { numRuns: 2_000 })("is read or refused, never thrown", (text) => {
    readOrRefused(text);
  });
});

type Path = readonly (string | number)[];
const minimal: unknown = parseYaml(MINIMAL_SITE);
const paths = pathsIn(minimal).filter((path) => path.length > 0);

function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const steps: Path = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [
    path,
    ...steps.flatMap((step) => pathsIn((value as Record<string | number, unknown>)[step], [...path, step])),
  ];
}

type Node = Record<string | number, unknown>;
const DAMAGES: readonly ((parent: Node, key: string | number) => void)[] = [
  (parent, key) => (Array.isArray(parent) ? parent.splice(Number(key), 1) : delete parent[key]),
  (parent, key) =>
    Array.isArray(parent)
      ? parent.push(structuredClone(parent[key]))
      : Object.assign(parent, { [`${key}s`]: parent[key] }),
  ...[
    null,
    "x",
    "",
    -1,
    0.5,
    1e30,
    true,
    [],
    {},
    { a: 1 },
    [null],
    "9".repeat(500),
    "b{1..9999}",
    "unknown",
    "\u202e",
    "constructor",
  ].map((value) => (parent: Node, key: string | number) => {
    parent[key] = structuredClone(value);
  }),
  (parent, key) => {
    parent[key] = [structuredClone(parent[key]), structuredClone(parent[key])];
  },
  (parent, key) => {
    parent[key] = `${String(parent[key])}x`;
  },
];

const damaged = fc
  .array(fc.tuple(fc.constantFrom(...paths), fc.constantFrom(...DAMAGES)), { minLength: 1, maxLength: 5 })
  .map((damages) => {
    const site = structuredClone(minimal) as Node;
    for (const [path, damage] of damages) {
      const parent = path.slice(0, -1).reduce<unknown>((node, step) => (node as Node | undefined)?.[step], site);
      if (typeof parent === "object" && parent !== null) damage(parent as Node, path.at(-1) ?? "");
    }
    return stringify(site, { aliasDuplicateObjects: false });
  });

property.prop([damaged], { numRuns: 500 })("a damaged site is read or refused, never thrown", (text) => {
  readOrRefused(text);
});

/** The same data with the keys of every map in another order. */
function shuffled(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, random));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map((entry) => ({ entry, at: random() }));
  const ordered = entries
    .sort((left, right) => left.at - right.at)
    .map(({ entry: [key, item] }) => [key, shuffled(item, random)]);
  return Object.fromEntries(ordered);
}

const siteOf = (read: LoadResult): Site => {
  if (!read.ok) throw new Error(showFaults(read.faults, read.source));
  return read.site;
};
const json = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? `${item}` : item));

property.prop([fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }))])(
  "the order of keys, comments and line ends change no byte of the site",
  (stream) => {
    const random = () => stream.next().value as number;
    const text = stringify(shuffled(minimal, random), {
      collectionStyle: random() < 0.5 ? "flow" : "block",
      flowCollectionPadding: random() < 0.5,
    });
    const changed = `# made anew\n${text}`.replaceAll("\n", "\r\n");
    expect(json(siteOf(reading(changed)))).toBe(json(siteOf(reading(MINIMAL_SITE))));
  },
);

/** A site as it would be written: quantities as text again. */
function written(value: unknown, schema: FieldSchema): unknown {
  const quantity = (dimension: Dimension, item: unknown) =>
    item === null ? "unknown" : print(dimension, item as never);
  if (schema.fact !== undefined) {
    const {
      value: item,
      source,
      assumed,
    } = value as { readonly value: unknown; readonly source: string | null; readonly assumed: boolean };
    return { value: quantity(schema.fact, item), assumed, ...(source === null ? {} : { source }) };
  }
  if (schema.quantity !== undefined) return quantity(schema.quantity, value);
  if (Array.isArray(value)) return value.map((item) => written(item, schema.items ?? {}));
  if (typeof value !== "object" || value === null) return value;
  const { properties = {} } = formOf(schema, (key) => (value as Record<string, unknown>)[key]);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, written(item, properties[key] ?? {})]));
}

const power = fc.integer({ min: 0, max: 2_000_000_000 }).map((watts) => print("power", watts as never));
const money = fc.bigInt({ min: 0n, max: 10n ** 17n }).map((micro) => print("money", micro as never));
const ratio = fc.integer({ min: 1, max: 1_000 }).map((thousandths) => `${thousandths / 10} %`);
property.prop([power, money, ratio])("a site is read as it was printed", (budget, capex, derating) => {
  const text = MINIMAL_SITE.replace("powerBudget: 2 MW", `powerBudget: ${budget}`)
    .replace("capex: $450 M", () => `capex: ${capex}`)
    .replace("derating: 100 %", `derating: ${derating}`);
  const read = readOrRefused(text);
  if (!read.ok) {
    expect(read.faults).toMatchObject([{ path: "power.distribution[0].derating", problem: "too small" }]);
    return;
  }
  expect(siteOf(reading(stringify(written(read.site, SITE_FIELDS))))).toEqual(read.site);
});

property("what is read is frozen through and through", () => {
  const open: unknown[] = [siteOf(reading(MINIMAL_SITE))];
  let count = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== "object" || next === null) continue;
    expect(Object.isFrozen(next)).toBe(true);
    open.push(...Object.values(next).filter((value) => typeof value === "object"));
    count++;
  }
  expect(count).toBeGreaterThan(50);
});
