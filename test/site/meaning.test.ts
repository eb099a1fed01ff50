import { describe, expect, test } from "vitest";
import { type FieldSchema, SITE_FIELDS } from "../../components/site/field-schema.ts";
import { readSite } from "../../components/site/load.ts";
import { ONCE } from "../../components/site/meaning/doubled.ts";
import { REFERENCES } from "../../components/site/meaning/references.ts";
import { meaningFaults } from "../../components/site/meaning.ts";
import { MINIMAL_KNOWN, minimalFaults, minimalWith } from "../support/minimal-site.ts";

describe("references", () => {
  test.each([
    ["system: gb300-nvl72", "system: gb300-nvl27", "buildings[1].system", "did you mean gb300-nvl72?"],
    ["system: gb300-nvl72", "system: gb300", "buildings[1].system", "did you mean gb300-nvl72?"],
    ["system: gb300-nvl72", "system: tpu", "buildings[1].system", "name a system of the catalog"],
    ["tenant: research", "tenant: reserch", "serving.endpoints[0].tenant", "did you mean research?"],
    ["pool: small", "pool: smal", "serving.endpoints[0].pool", "did you mean small?"],
    ["model: llama-3.1-70b", "model: llama", "serving.endpoints[0].model", "did you mean llama-3.1-70b?"],
    ["gate: load-ramp", "gate: ramp", "phases[0].evidence[0].gate", "name a gate of the catalog"],
    ["rule: serving/image-digest", "rule: image-digest", "waivers[0].rule", "name a rule of the policy pack"],
    ["phase: second", "phase: secnod", "pools[1].phase", "did you mean second?"],
    ["system: gb300-nvl72", "system: constructor", "buildings[1].system", "name a system of the catalog"],
  ])("%s → %s", (piece, by, path, fix) => {
    const got = by.slice(by.indexOf(": ") + 2);
    expect(minimalFaults([piece, by])).toEqual([
      expect.objectContaining({ path, got, fix, problem: expect.stringMatching(/^unknown /) }),
    ]);
  });

  test("the ids allowed are named", () => {
    expect(minimalFaults(["pool: small", "pool: tiny"])[0]).toMatchObject({ allowed: "small, large" });
  });

  test("waivers are not held against a policy pack that is not at hand", () => {
    const text = minimalWith(["rule: serving/image-digest", "rule: other/rule"]);
    expect(readSite(text, "site.yaml", { ...MINIMAL_KNOWN, rules: null }).ok).toBe(true);
    expect(readSite(text, "site.yaml", { ...MINIMAL_KNOWN, rules: [] })).toMatchObject({
      faults: [{ problem: "unknown rule", allowed: "there is no rule of the policy pack" }],
    });
  });

  test("a list that cannot be read whole makes no reference unknown", () => {
    expect(minimalFaults(["id: small, phase", "id: 7, phase"])).toMatchObject([{ path: "pools[0].id" }]);
    expect(minimalFaults(["{ id: research, priority: 1000 }", "{ priority: 1000 }"])).toMatchObject([
      { path: "serving.tenants[0].id", problem: "missing key id" },
    ]);
  });

  test("every reference of the schema is followed", () => {
    expect(REFERENCES.map(({ selector, to }) => `${selector} → ${to}`)).toEqual([
      "phases[].buildings[] → building",
      "power.distribution[].fedBy → level",
      "power.distribution[].services[] → service",
      "power.distribution[].reserve → level",
      "power.curtailment.shed[].pool → pool",
      "power.curtailment.shed[].endpoint → endpoint",
      "cooling.liquid.coolant → coolant",
      "cooling.facilityWater.coolant → coolant",
      "cooling.levels[].fedBy → level",
      "buildings[].system → system",
      "phases[].evidence[].gate → gate",
      "phases[].studies[].study → study",
      "network.fabrics[].switch → switch",
      "pools[].phase → phase",
      "pools[].instances.type → instance",
      "pools[].instances.ultraServer → ultra-server",
      "pools[].overflow[] → pool",
      "serving.endpoints[].tenant → tenant",
      "serving.endpoints[].pool → pool",
      "serving.endpoints[].model → model",
      "serving.endpoints[].traffic.profile → traffic",
      "waivers[].rule → rule",
    ]);
  });
});

describe("values in a document", () => {
  const at = (name: string) => `phases[0].evidence[0].${name}`;
  test.each([
    ["measured: { ramp: 3 MW/min }", "measured: { rmap: 3 MW/min }", "measured.rmap", "rmap", "did you mean ramp?"],
    ["measured: { ramp: 3 MW/min }", "measured: { ramp: 3 MW }", "measured.ramp", "3 MW", 'write it as in "10 MW/s"'],
    ["measured: { ramp: 3 MW/min }", "measured: { ph: 9 ph }", "measured.ph", "9 ph", 'did you mean "9 pH"?'],
    ["measured: { ramp: 3 MW/min }", "measured: { ramp: tbd }", "measured.ramp", "tbd", 'did you mean "unknown"?'],
    ["agreed: { ramp: 5 MW/min }", "agreed: { ph: 9 }", "agreed.ph", "9", "delete it: the range of the gate holds"],
    [
      "measured: { ramp: 3 MW/min }",
      "measured: { ramp: [] }",
      "measured.ramp",
      "an empty list",
      "write it as one text",
    ],
    [
      "measured: { ramp: 3 MW/min }",
      "measured: passed",
      "measured",
      "passed",
      'write its keys, each with ": " and a value',
    ],
  ])("%s → %s", (piece, by, name, got, fix) => {
    expect(minimalFaults([piece, by])).toEqual([expect.objectContaining({ path: at(name), got, fix })]);
  });

  test("a gate that measures nothing says so", () => {
    expect(minimalFaults(["gate: load-ramp", "gate: design-review"])).toMatchObject([
      { path: at("measured.ramp"), allowed: "design-review asks for none: its document is enough" },
      { path: at("agreed.ramp"), problem: "no value of this gate" },
    ]);
  });

  test("what is not known is said so, and numbers keep their letters", () => {
    const read = readSite(minimalWith(["ramp: 3 MW/min", "ramp: unknown, ph: 9.10"]), "site.yaml", MINIMAL_KNOWN);
    expect(read.ok && read.site.phases[0]?.evidence[0]?.measured).toEqual({ ramp: "unknown", ph: "9.10" });
  });
});

describe("names that stand once", () => {
  test.each([
    ["id: large", "id: small", "pools[1].id", "pool stands twice", "small, already at pools[0].id"],
    ["id: slow", "id: fast", "network.fabrics[1].id", "fabric stands twice", "fast, already at network.fabrics[0].id"],
    ["id: second", "id: first", "phases[1].id", "phase stands twice", "first, already at phases[0].id"],
    ["phase: second", "phase: first", "pools[1].phase", "phase stands twice", "first, already at pools[0].phase"],
    ['id: "new{1..2}"', "id: old", "buildings[1].id", "building stands twice", "old, already at buildings[0].id"],
    [
      'buildings: ["new{1..2}"]',
      'buildings: [old, "new{1..2}"]',
      "phases[1].buildings[0]",
      "building stands twice",
      "old, already at phases[0].buildings[0]",
    ],
  ])("%s → %s", (piece, by, path, problem, got) => {
    expect(minimalFaults([piece, by])).toContainEqual(expect.objectContaining({ path, problem, got }));
  });

  test("a run is told once, whatever the number of its ids", () => {
    const faults = minimalFaults(
      ["id: feeder-{1..2}", "id: feeder-{1..9}"],
      [
        "      until: 2030-Q4\n",
        "      until: 2030-Q4\n    - { id: feeder-{3..8}, voltage: unknown, contracted: unknown, firm: unknown, from: 2026-Q1 }\n".replace(
          "feeder-{3..8}",
          '"feeder-{3..8}"',
        ),
      ],
    );
    expect(faults).toEqual([
      {
        path: "power.services[1].id",
        problem: "service stands twice",
        got: "feeder-3, feeder-4, feeder-5 and 3 more, already at power.services[0].id",
        allowed: "each service once",
        fix: "rename it, or take one out",
      },
    ]);
  });

  test("every list of the schema that has ids is held to it", () => {
    const lists = (schema: FieldSchema, selector: string): readonly string[] => [
      ...(schema.items?.properties?.id === undefined ? [] : [`${selector}[].id`]),
      ...(schema.items === undefined ? [] : lists(schema.items, `${selector}[]`)),
      ...Object.entries(schema.properties ?? {}).flatMap(([key, field]) =>
        lists(field, selector === "" ? key : `${selector}.${key}`),
      ),
    ];
    expect(ONCE.map(({ selector }) => selector)).toEqual(expect.arrayContaining([...lists(SITE_FIELDS, "")]));
  });
});

describe("templates", () => {
  test.each([
    ["new{2..1}", "run that falls", "new{2..1}", "swap the two numbers"],
    ["new{1..1001}", "run that is too long", "1001 ids", "shorten the run"],
    ["abcdefghijklmnopqrstuvwxy{1..12}-annex", "id is too long", "abcdefghijklmnopqrstuvwxy12-annex", "shorten it"],
  ])("%s", (template, problem, got, fix) => {
    const faults = minimalFaults(['id: "new{1..2}"', `id: "${template}"`]);
    expect(faults).toContainEqual(expect.objectContaining({ path: "buildings[1].id", problem, got, fix }));
  });

  test("a thousand ids are allowed", () => {
    expect(minimalFaults(['id: "new{1..2}"', 'id: "new{1..1000}"'], ['["new{1..2}"]', '["new{1..1000}"]'])).toEqual([]);
  });

  test("runs of ten thousand ids and more are not spelled out", () => {
    const buildings = Array.from({ length: 12 }, (_, index) => ({ id: `b${index}-{1..1000}` }));
    expect(meaningFaults({ buildings }, MINIMAL_KNOWN)).toMatchObject([
      { path: "buildings[10].id", problem: "too many ids", allowed: "at most 10000" },
    ]);
  });
});

describe("phases, pools and racks", () => {
  test("phases come in order", () => {
    expect(minimalFaults(["from: 2027-Q2", "from: 2026-Q3"])).toMatchObject([
      { path: "phases[1].from", problem: "phase out of order", got: "2026-Q3", allowed: "2026-Q4 or later" },
    ]);
    expect(minimalFaults(["from: 2027-Q2", "from: 2026-Q4"])).toEqual([]);
  });

  test("a building belongs to a phase", () => {
    expect(minimalFaults(['buildings: ["new{1..2}"]', "buildings: [new1]"])).toEqual([
      {
        path: "buildings[1].id",
        problem: "building in no phase",
        got: "new2",
        allowed: "each building in one phase",
        fix: "add new2 to the buildings of a phase",
      },
    ]);
  });

  test("a phase names buildings that are there", () => {
    expect(minimalFaults(['["new{1..2}"]', '["new{1..5}"]'])).toMatchObject([
      { path: "phases[1].buildings[0]", problem: "unknown building", got: "new3, new4, new5" },
    ]);
  });

  test("a pool is of one system", () => {
    expect(minimalFaults(["buildings: [old]", "buildings: [old, new1]"], ['["new{1..2}"]', "[new2]"])).toMatchObject([
      { path: "pools[0].phase", problem: "pool of mixed systems", got: "gb200-nvl72, gb300-nvl72" },
    ]);
  });

  test.each([
    [15, []],
    [
      16,
      [
        {
          path: "pools[0].spareRacks",
          problem: "no rack left in service",
          allowed: "fewer than the 16 racks of first",
        },
      ],
    ],
  ])("%i spares of 16 racks", (spares, faults) => {
    expect(minimalFaults(["spareRacks: 1", `spareRacks: ${spares}`])).toMatchObject(faults);
  });

  test("a site of two million racks is planned, one of more is not", () => {
    const building = (id: string, halls: number) => ({ id, halls, podsPerHall: 1000, racksPerPod: 1000 });
    expect(meaningFaults({ buildings: [building("a", 1), building("b", 1)] }, MINIMAL_KNOWN)).toEqual([]);
    expect(meaningFaults({ buildings: [building("a", 1), building("b{1..2}", 1)] }, MINIMAL_KNOWN)).toMatchObject([
      { path: "buildings[1]", problem: "too many racks", got: "3000000 up to this building" },
    ]);
  });

  test("counts that cannot be read prove nothing", () => {
    expect(minimalFaults(["podsPerHall: 2", "podsPerHall: two"], ["spareRacks: 1", "spareRacks: 99"])).toMatchObject([
      { path: "buildings[0].podsPerHall" },
    ]);
  });
});

describe("figures", () => {
  test.each([
    ["value: 1.20,", "value: 0.99,", "power.pue.value", "too small", "0.99", "1 to 4"],
    ["value: 1.20,", "value: 120,", "power.pue.value", "too large", "120", "1 to 4"],
    ["wacc: 7 %", "wacc: 7", "cost.wacc", "too large", "7", "0 % to 100 %"],
    ["otherIt: 12 % }", "otherIt: 12 }", "buildings[0].otherIt", "too large", "12", "0 % to 100 %"],
    ["derating: 100 %", "derating: 0 %", "power.distribution[0].derating", "too small", "0 %", "1 % to 100 %"],
    ["units: 4", "units: 4.5", "power.generation[0].units", "not a number of units", "4.5", "1 to 1000"],
    [
      "portsPerNode: 2",
      "portsPerNode: 2.5",
      "network.fabrics[1].portsPerNode",
      "not a number of ports",
      "2.5",
      "1 to 64",
    ],
    ["portsPerNode: 2", "portsPerNode: 0", "network.fabrics[1].portsPerNode", "not a number of ports", "0", "1 to 64"],
    [
      "portsPerRack: 10",
      "portsPerRack: 0.5",
      "network.fabrics[1].portsPerRack",
      "not a number of ports",
      "0.5",
      "0 to 1000",
    ],
    [
      "10.128.0.0/10",
      "10.128.0.1/10",
      "network.addresses.links.ipv4",
      "not a prefix",
      "10.128.0.1/10",
      'an IPv4 prefix without bits beyond its length, as in "10.0.0.0/8"',
    ],
    [
      "10.128.0.0/10",
      "fd00:9::/32",
      "network.addresses.links.ipv4",
      "not an IPv4 prefix",
      "fd00:9::/32",
      'an IPv4 prefix without bits beyond its length, as in "10.0.0.0/8"',
    ],
    [
      "10.128.0.0/10",
      "10.64.0.0/10",
      "network.addresses.links.ipv4",
      "pools overlap",
      "some of it is in network.addresses.rails.ipv4",
      "prefixes apart from each other",
    ],
    [
      "buildings: 2000, fabrics: 2",
      "buildings: 2, fabrics: 2",
      "network.addresses.buildings",
      "too few buildings",
      "2",
      "3 or more",
    ],
    [
      "buildings: 2000, fabrics: 2",
      "buildings: 2000, fabrics: 1",
      "network.addresses.fabrics",
      "too few fabrics",
      "1",
      "2 or more",
    ],
    ["units: 4", "units: 0", "power.generation[0].units", "not a number of units", "0", "1 to 1000"],
    ["itLife: 5 y", "itLife: 0 y", "cost.itLife", "too small", "0 y", "1 d to 100 y"],
  ])("%s → %s", (piece, by, path, problem, got, allowed) => {
    expect(minimalFaults([piece, by])).toMatchObject([{ path, problem, got, allowed }]);
  });

  test.each([
    ["value: 1.20,", "value: 1,"],
    ["value: 1.20,", "value: unknown,"],
    ["wacc: 7 %", "wacc: 100 %"],
  ])("%s → %s is allowed", (piece, by) => {
    expect(minimalFaults([piece, by])).toEqual([]);
  });

  test("a supply ends after it starts", () => {
    expect(minimalFaults(["until: 2030-Q4", "until: 2025-Q4"])).toMatchObject([
      { path: "power.services[0].until", problem: "ends before it starts", allowed: "2026-Q1 or later" },
    ]);
    expect(minimalFaults(["until: 2030-Q4", "until: 2026-Q1"])).toEqual([]);
  });
});

describe("the world outside", () => {
  test.each([
    ["America/New_Yrok", "did you mean America/New_York?"],
    ["Europe/Nowhere", 'name the city of the zone, as in "America/Chicago"'],
  ])("no time zone: %s", (zone, fix) => {
    expect(minimalFaults(["America/New_York", zone])).toMatchObject([
      { path: "site.timeZone", problem: "unknown time zone", got: zone, fix },
    ]);
  });

  test.each(["UTC", "America/Chicago", "Asia/Kolkata"])("a time zone: %s", (zone) => {
    expect(minimalFaults(["America/New_York", zone])).toEqual([]);
  });

  test.each(["Gateway", "-gateway", "gateway-", "a.b", "x".repeat(63).concat("-")])("no namespace: %s", (name) => {
    expect(minimalFaults(["[gateway-system]", `["${name}"]`]).map(({ path }) => path)).toEqual([
      "network.ingressNamespaces[0]",
    ]);
  });
});

test.each([null, "text", 7, [], {}, { pools: {} }, { phases: [null, 7, {}], pools: [[]] }, { buildings: "b{1..3}" }])(
  "what is no blueprint at all has no meaning to mend: %j",
  (root) => {
    expect(meaningFaults(root, MINIMAL_KNOWN)).toEqual([]);
  },
);
