import { describe, expect, test } from "vitest";
import { readNetBox } from "../../components/netbox/read.ts";
import { netboxFile } from "../support/netbox.ts";

const TYPE = "manufacturer: A\nmodel: B\nslug: a-b\nu_height: 1\nis_full_depth: true\n";
const FEED = "power_panel: rpp-1\nname: w1\n";

const faultsOf = (text: string) => {
  const read = readNetBox(text, "file.yaml");
  return read.ok ? [] : read.faults.map(({ path, problem, fix }) => [path, problem, fix]);
};

describe("the kind of a file follows from its keys", () => {
  test.each([
    ["a device type", TYPE, [1, 0, 0]],
    ["device types", `- { manufacturer: A, model: B, slug: a-b, u_height: 1, is_full_depth: true }\n`, [1, 0, 0]],
    ["a panel", "site: lab\nname: rpp-1\n", [0, 1, 0]],
    ["panels", "- { site: lab, name: rpp-1 }\n- { site: lab, name: rpp-2 }\n", [0, 2, 0]],
    ["a feed", FEED, [0, 0, 1]],
    ["feeds", "- { power_panel: rpp-1, name: w1 }\n", [0, 0, 1]],
    ["a document start", `---\n${TYPE}`, [1, 0, 0]],
  ])("%s", (_, text, counts) => {
    const { deviceTypes, panels, feeds } = netboxFile(text);
    expect([deviceTypes.length, panels.length, feeds.length]).toEqual(counts);
  });
});

test("what a feed does not state is unknown, and no default of NetBox", () => {
  expect(netboxFile(FEED).feeds).toEqual([
    {
      site: null,
      panel: "rpp-1",
      rack: null,
      name: "w1",
      role: null,
      inService: true,
      supply: null,
      phase: null,
      volts: null,
      amperes: null,
      maxUtilizationPercent: null,
      available: null,
      at: "",
    },
  ]);
});

test.each([
  ["weight: 271.5\nweight_unit: lb", 123_150],
  ["weight: 14.8\nweight_unit: kg", 14_800],
  ["weight: 16\nweight_unit: oz", 454],
  ["weight: 7\nweight_unit: g", 7],
  ["", null],
])("weight in grams: %s", (weight, grams) => {
  expect(netboxFile(TYPE + weight).deviceTypes[0]?.weightGrams).toBe(grams);
});

test("ports are those that carry data", () => {
  const interfaces = [
    "{ name: p1, type: infiniband-xdr }",
    "{ name: mgmt0, type: 1000base-t, mgmt_only: true }",
    "{ name: lo, type: virtual }",
    "{ name: bond0, type: lag }",
  ];
  const { deviceTypes } = netboxFile(`${TYPE}interfaces: [${interfaces.join(", ")}]\n`);
  expect(deviceTypes[0]?.ports).toEqual([{ name: "p1", at: "interfaces[0]" }]);
});

describe("every fault, where it is", () => {
  test.each([
    ["unknown key", `${TYPE}wieght: 3\n`, [["wieght", "unknown key", "did you mean weight?"]]],
    ["weight alone", `${TYPE}weight: 3\n`, [["weight_unit", "missing key weight_unit", expect.any(String)]]],
    ["half units", TYPE.replace("u_height: 1", "u_height: 1.3"), [["u_height", "not allowed", expect.any(String)]]],
    ["no name", "- { power_panel: rpp-1 }\n", [["[0].name", "missing key name", expect.any(String)]]],
    ["unknown word", `${FEED}phase: 3-phase\n`, [["phase", "not one of the words allowed", expect.any(String)]]],
    ["more than all of it", `${FEED}max_utilization: 101\n`, [["max_utilization", "too large", expect.any(String)]]],
    ["no amperes", `${FEED}amperage: 0\n`, [["amperage", "too small", expect.any(String)]]],
    ["an alias", `${TYPE}comments: *a\n`, [[expect.any(String), expect.any(String), expect.any(String)]]],
    [
      "a panel among feeds",
      "- { power_panel: a, name: b }\n- { site: lab, name: c }\n",
      [["[1].power_panel", "missing key power_panel", expect.any(String)]],
    ],
    ["no record", "hello\n", [["", "wrong kind of value", expect.any(String)]]],
    ["nothing", "", [["", "nothing in the file", expect.any(String)]]],
  ])("%s", (_, text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });
});
