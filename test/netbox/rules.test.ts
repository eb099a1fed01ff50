import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Device } from "../../components/catalog/device.ts";
import { type Watts, watts } from "../../components/quantity.ts";
import { NETBOX_RULES } from "../../policies/netbox/check.ts";
import { recompute } from "../../policies/verdict.ts";
import { DEVICES, type GivenNetBox, netboxFindings } from "../support/netbox.ts";

/** A DGX A100: 6.5 kW, six supplies of 3 kW of which three must be up, 6 U, 123.16 kg, 9 to 12 ports. */
interface Written {
  readonly draws?: readonly (number | null)[];
  readonly ports?: readonly string[];
  readonly more?: string;
  readonly height?: number;
  readonly slug?: string;
}
const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `p${index + 1}`);
const RIGHT = Array.from({ length: 6 }, () => 2_167);

function a100({
  draws = RIGHT,
  ports = names(10),
  more = "",
  height = 6,
  slug = "nvidia-dgx-a100-640gb",
}: Written = {}): string {
  const port = (draw: number | null, index: number) =>
    `  - { name: PSU ${index}, type: iec-60320-c20${draw === null ? "" : `, maximum_draw: ${draw}`} }`;
  return [
    "manufacturer: Nvidia",
    "model: DGX A100",
    `slug: ${slug}`,
    `u_height: ${height}`,
    "is_full_depth: true",
    more,
    draws.length === 0 ? "" : `power-ports:\n${draws.map(port).join("\n")}`,
    ports.length === 0 ? "" : `interfaces:\n${ports.map((name) => `  - { name: ${name}, type: other }`).join("\n")}`,
    "",
  ].join("\n");
}

/** The catalog with one fact of the device unknown. */
function without(fact: keyof Device): ReadonlyMap<string, Device> {
  const device = DEVICES.get("dgx-a100");
  if (device === undefined) throw new Error("no dgx-a100");
  return new Map([["dgx-a100", { ...device, [fact]: { value: null, source: "-", date: "-", quality: "assumed" } }]]);
}

const NO_DEVICE = "- { site: lab, name: rpp-1 }\n";
const feed = (fields: Readonly<Record<string, string | number>>): string => {
  const all = {
    site: "lab",
    power_panel: "rpp-1",
    name: "w1",
    status: "active",
    supply: "ac",
    phase: "three-phase",
    voltage: 415,
    amperage: 60,
    max_utilization: 80,
    ...fields,
  };
  const written = Object.entries(all).filter(([, value]) => value !== "");
  return `- { ${written.map(([key, value]) => `${key}: ${value}`).join(", ")} }\n`;
};
const rack = (value: number | null) => ({ watts: value as Watts | null, from: "catalog:systems/gb300-nvl72/tdp" });
const six = (draw: number): readonly number[] => Array.from({ length: 6 }, () => draw);

type Case = readonly [name: string, given: GivenNetBox, verdicts: readonly string[]];
const CASES: Readonly<Record<string, readonly Case[]>> = {
  "netbox/maximum-draw": [
    ["pass", { texts: [a100()] }, ["proved", "proved"]],
    ["fail: nameplates", { texts: [a100({ draws: six(3_000) })] }, ["violated", "proved"]],
    ["fail: two supplies of a switch", { texts: [a100({ draws: [1_071, 1_071] })] }, ["proved", "violated"]],
    ["boundary: 7150 W is 10 % above", { texts: [a100({ draws: [14_300] })] }, ["proved", "proved"]],
    ["boundary: a watt more", { texts: [a100({ draws: [14_301] })] }, ["violated", "proved"]],
    ["boundary: 5850 W is 10 % below", { texts: [a100({ draws: [11_700] })] }, ["proved", "proved"]],
    ["boundary: a watt less", { texts: [a100({ draws: [11_699] })] }, ["proved", "violated"]],
    ["unknown: a port states none", { texts: [a100({ draws: [2_167, null] })] }, ["unproved", "unproved"]],
    [
      "unknown: a port states none, the others too much",
      { texts: [a100({ draws: [14_301, null] })] },
      ["violated", "unproved"],
    ],
    ["unknown: no power ports", { texts: [a100({ draws: [] })] }, ["unproved", "unproved"]],
    ["unknown: what it draws", { texts: [a100()], devices: without("systemMaximum") }, ["unproved", "unproved"]],
    ["unknown: its redundancy", { texts: [a100()], devices: without("suppliesNeeded") }, ["unproved", "unproved"]],
    ["empty", { texts: [NO_DEVICE] }, ["not-applicable"]],
  ],
  "netbox/nameplate": [
    ["pass", { texts: [a100()] }, ["proved"]],
    ["boundary: a watt below the nameplate", { texts: [a100({ draws: six(2_999) })] }, ["proved"]],
    ["boundary: the nameplate", { texts: [a100({ draws: [2_167, 3_000] })] }, ["violated"]],
    ["fail: above it", { texts: [a100({ draws: six(3_001) })] }, ["violated"]],
    ["unknown", { texts: [a100()], devices: without("supplyNameplate") }, ["unproved"]],
    ["empty: no port states a draw", { texts: [a100({ draws: [null] })] }, ["not-applicable"]],
  ],
  "netbox/power-ports": [
    ["pass", { texts: [a100()] }, ["proved"]],
    ["boundary: one fewer", { texts: [a100({ draws: six(2_167).slice(1) })] }, ["violated"]],
    ["boundary: one more", { texts: [a100({ draws: [...six(2_167), 2_167] })] }, ["violated"]],
    ["fail: none", { texts: [a100({ draws: [] })] }, ["violated"]],
    ["unknown", { texts: [a100()], devices: without("supplies") }, ["unproved"]],
    ["empty", { texts: [NO_DEVICE] }, ["not-applicable"]],
  ],
  "netbox/ports": [
    ["pass", { texts: [a100()] }, ["proved", "proved"]],
    ["boundary: 9", { texts: [a100({ ports: names(9) })] }, ["proved", "proved"]],
    ["boundary: 8", { texts: [a100({ ports: names(8) })] }, ["violated", "proved"]],
    ["boundary: 12", { texts: [a100({ ports: names(12) })] }, ["proved", "proved"]],
    ["boundary: 13", { texts: [a100({ ports: names(13) })] }, ["proved", "violated"]],
    ["fail: none", { texts: [a100({ ports: [] })] }, ["violated", "proved"]],
    ["half known", { texts: [a100()], devices: without("portsMost") }, ["proved"]],
    ["empty", { texts: [NO_DEVICE] }, ["not-applicable"]],
  ],
  "netbox/names": [
    [
      "pass: the same name in two lists",
      { texts: [a100({ more: "module-bays: [{ name: p1, position: a }]" })] },
      ["proved"],
    ],
    ["fail", { texts: [a100({ ports: ["p1", "p2", "p1"] })] }, ["violated"]],
    ["a type that the catalog does not know", { texts: [a100({ slug: "other", ports: ["a", "a"] })] }, ["violated"]],
    ["empty", { texts: [NO_DEVICE] }, ["not-applicable"]],
  ],
  "netbox/dimensions": [
    ["pass", { texts: [a100({ more: "weight: 271.5\nweight_unit: lb" })] }, ["proved"]],
    ["boundary: 110.844 kg", { texts: [a100({ more: "weight: 110844\nweight_unit: g" })] }, ["proved"]],
    ["boundary: a gram less", { texts: [a100({ more: "weight: 110843\nweight_unit: g" })] }, ["violated"]],
    ["boundary: 135.476 kg", { texts: [a100({ more: "weight: 135.476\nweight_unit: kg" })] }, ["proved"]],
    ["boundary: a gram more", { texts: [a100({ more: "weight: 135.477\nweight_unit: kg" })] }, ["violated"]],
    ["fail: half a unit higher", { texts: [a100({ height: 6.5 })] }, ["violated"]],
    ["unknown: no weight stated", { texts: [a100()] }, ["unproved"]],
    [
      "unknown: the device's",
      { texts: [a100({ more: "weight: 123.16\nweight_unit: kg" })], devices: without("weightKilograms") },
      ["unproved"],
    ],
    ["empty", { texts: [NO_DEVICE] }, ["not-applicable"]],
  ],
  "netbox/device-type": [
    ["pass", { texts: [a100()] }, ["proved"]],
    ["unknown", { texts: [a100({ slug: "nvidia-dgx-a100" })] }, ["unproved"]],
    ["empty", { texts: [NO_DEVICE] }, ["not-applicable"]],
  ],
  "netbox/panel": [
    ["pass", { texts: [NO_DEVICE, feed({})] }, ["proved"]],
    ["pass: the feed states no site", { texts: [NO_DEVICE, feed({ site: "" })] }, ["proved"]],
    ["fail: another name", { texts: [NO_DEVICE, feed({ power_panel: "rpp-2" })] }, ["violated"]],
    ["fail: another site", { texts: [NO_DEVICE, feed({ site: "other" })] }, ["violated"]],
    ["empty: no panels", { texts: [feed({})] }, ["not-applicable"]],
  ],
  "netbox/feed-rating": [
    ["pass", { texts: [feed({})] }, ["proved"]],
    ["pass: direct current without phases", { texts: [feed({ supply: "dc", phase: "" })] }, ["proved"]],
    ...["supply", "phase", "voltage", "amperage", "max_utilization"].map(
      (field): Case => [`unknown ${field}`, { texts: [feed({ [field]: "" })] }, ["unproved"]],
    ),
    ["empty", { texts: [NO_DEVICE] }, ["not-applicable"]],
  ],
  "netbox/feed-derating": [
    ["pass, boundary: 80 %", { texts: [feed({})] }, ["proved"]],
    ["fail, boundary: 81 %", { texts: [feed({ max_utilization: 81 })] }, ["violated"]],
    ["unknown", { texts: [feed({ max_utilization: "" })] }, ["unproved"]],
    ["empty", { texts: [NO_DEVICE] }, ["not-applicable"]],
  ],
  "netbox/rack-feeds": [
    ["pass, boundary", { texts: [feed({ rack: "r1", type: "primary" })], rack: rack(34_502) }, ["proved"]],
    ["fail, boundary", { texts: [feed({ rack: "r1", type: "primary" })], rack: rack(34_503) }, ["violated"]],
    [
      "each side by itself",
      {
        texts: [
          feed({ rack: "r1", type: "primary" }) +
            feed({ rack: "r1", type: "primary", name: "w2" }) +
            feed({ rack: "r1", type: "redundant", name: "w3" }),
        ],
        rack: rack(69_004),
      },
      ["proved", "violated"],
    ],
    ["unknown TDP", { texts: [feed({ rack: "r1", type: "primary" })], rack: rack(null) }, ["unproved"]],
    ["unknown rating", { texts: [feed({ rack: "r1", type: "primary", voltage: "" })], rack: rack(1) }, ["unproved"]],
    [
      "a feed that is planned carries nothing",
      { texts: [feed({ rack: "r1", type: "primary", status: "planned" })], rack: rack(1) },
      ["not-applicable"],
    ],
    ["empty: no site", { texts: [feed({ rack: "r1", type: "primary" })] }, ["not-applicable"]],
  ],
};

describe.each(Object.entries(CASES))("%s", (rule, cases) => {
  test.each(cases)("%s", (_, given, verdicts) => {
    const found = netboxFindings(rule, given);
    expect(found.map(({ verdict }) => verdict)).toEqual(verdicts);
    for (const finding of found) expect(recompute(finding).verdict).toBe(finding.verdict);
  });
});

test("every rule has its cases", () => {
  expect(Object.keys(CASES).sort()).toEqual(NETBOX_RULES.map(({ id }) => id).sort());
});

test("a finding says need, have and what to write", () => {
  const [, least] = netboxFindings("netbox/maximum-draw", { texts: [a100({ draws: [1_071, 1_071] })] });
  expect(least).toMatchObject({
    message:
      "nvidia-dgx-a100-640gb: 2 power ports of 2.142 kW together, 1.071 kW without the redundant ones; the device draws 6.5 kW at most: at least 5.85 kW is right",
    fix: "write maximum_draw: 2167 on each of 6 power ports: 6.5 kW ÷ 3",
  });
  const [unknown] = netboxFindings("netbox/device-type", { texts: [a100({ slug: "nvidia-dgx-a100-640g" })] });
  expect(unknown?.fix).toBe("did you mean nvidia-dgx-a100-640gb?");
});

const draws = fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 8 });

property.prop([draws, fc.nat({ max: 7 })])(
  "a draw that becomes unknown turns no violation into a proof",
  (known, at) => {
    const verdicts = (stated: readonly (number | null)[]) =>
      netboxFindings("netbox/maximum-draw", { texts: [a100({ draws: stated })] }).map(({ verdict }) => verdict);
    const before = verdicts(known);
    const after = verdicts(known.map((draw, port) => (port === at % known.length ? null : draw)));
    expect(after).not.toContain("proved");
    expect(before.every((verdict, side) => verdict === "violated" || after[side] === "unproved")).toBe(true);
  },
);

property.prop([
  fc.constantFrom("voltage", "amperage", "max_utilization", "phase"),
  fc.integer({ min: 1, max: 100_000 }),
])("a figure of a feed that becomes unknown turns no violation into a proof", (field, load) => {
  const given = (fields: Readonly<Record<string, string>>) => ({
    texts: [feed({ rack: "r1", type: "primary", ...fields })],
    rack: { watts: watts(load), from: "catalog:x" },
  });
  expect(netboxFindings("netbox/rack-feeds", given({ [field]: "" })).map(({ verdict }) => verdict)).toEqual([
    "unproved",
  ]);
});
