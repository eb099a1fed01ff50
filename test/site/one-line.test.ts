import { describe, expect, test } from "vitest";
import { readSite } from "../../components/site/read.ts";
import { MINIMAL_KNOWN, minimalWith } from "../support/minimal-site.ts";

const LEVEL = "    - { id: rpp, per: pod, count: 4, rating: 500 kW, derating: 100 %, scheme: 4N/3 }\n";
const level = (id: string, parts: string) =>
  `    - { id: ${id}, per: pod, count: 2, rating: 1 MW, derating: 100 %, scheme: 2N, ${parts} }\n`;
const faultsOf = (...levels: readonly string[]) => faults(minimalWith([LEVEL, levels.join("")]));
function faults(text: string) {
  const read = readSite(text, "site.yaml", MINIMAL_KNOWN);
  return read.ok ? [] : read.faults.map(({ path, problem, got }) => [path, problem, got]);
}

describe("levels", () => {
  test("a circle is told once, where it closes", () => {
    expect(faultsOf(level("ups", "fedBy: rpp"), level("rpp", "fedBy: ups"))).toEqual([
      ["power.distribution[0].fedBy", "levels feed each other in a circle", "ups"],
    ]);
    expect(faultsOf(level("ups", "reserve: ups"))).toEqual([
      ["power.distribution[0].reserve", "levels feed each other in a circle", "ups"],
    ]);
  });

  test("nothing is fed from below", () => {
    expect(
      faultsOf(LEVEL, "    - { id: ups, per: building, count: 2, rating: 1 MW, derating: 100 %, scheme: 2N }\n"),
    ).toContainEqual(["power.distribution[1].per", "level fed from below", "building, fed by rpp of each pod"]);
  });

  test("a level, and a genset, that feeds nothing", () => {
    expect(
      faultsOf(level("spare", "kind: ups"), level("ups", "services: [feeder-1]"), level("rpp", "fedBy: ups")),
    ).toEqual([["power.distribution[0].id", "level feeds nothing", "spare"]]);
    expect(faultsOf(level("genset", "start: 10 s"), LEVEL)).toEqual([
      ["power.distribution[0].id", "level feeds nothing", "genset"],
    ]);
  });

  test("voltages that do not meet, at the level that takes the wrong one", () => {
    const transformer = (primary: string) => level("transformer", `primary: ${primary}, voltage: 415 V`);
    expect(faultsOf(transformer("13.8 kV"), level("rpp", "voltage: 415 V"))).toEqual([]);
    expect(faultsOf(transformer("34.5 kV"), level("rpp", "voltage: 415 V"))).toEqual([
      ["power.distribution[0].primary", "voltages do not meet", "34500 V, fed by feeder-1 at 13800 V"],
    ]);
    expect(faultsOf(transformer("unknown"), level("rpp", "voltage: 480 V"))).toEqual([
      ["power.distribution[1].voltage", "voltages do not meet", "480 V, fed by transformer at 415 V"],
    ]);
  });

  test("names of levels and services that are not there", () => {
    expect(
      faultsOf(level("ups", "services: [feeder-3]"), level("rpp", "fedBy: upss, reserve: gensett")).map(
        ([path, problem]) => [path, problem],
      ),
    ).toEqual([
      ["power.distribution[0].services[0]", "unknown service"],
      ["power.distribution[1].fedBy", "unknown level"],
      ["power.distribution[1].reserve", "unknown level"],
    ]);
  });
});

describe("outages that are stated", () => {
  const WIRED = LEVEL.replace("4N/3 }", "4N/3, services: [feeder-1] }");
  const stated = (ids: string, level = WIRED) =>
    faults(minimalWith([LEVEL, `${level}  outages:\n    - { ids: [${ids}], why: test }\n`]));

  test("a service that no level hangs on cannot be taken out: its loss would be worked through as nothing", () => {
    expect(stated("feeder-1, old.h1.p2.rpp-4", LEVEL)).toEqual([
      ["power.outages[0].ids[0]", "unknown node", "feeder-1"],
    ]);
    expect(stated("feeder-1, feeder-2")).toEqual([["power.outages[0].ids[1]", "unknown node", "feeder-2"]]);
  });

  test("name elements by place, level and number, and services", () => {
    expect(stated("feeder-1, old.h1.p2.rpp-4, new2.h2.p1.rpp-1")).toEqual([]);
  });

  test.each([
    "old.h1.p3.rpp-1",
    "old.h1.p1.rpp-5",
    "old.h1.rpp-1",
    "old.rpp-1",
    "elsewhere.h1.p1.rpp-1",
    "old.h1.p1.ups-1",
    "feeder-3",
  ])("%s is not there", (id) => {
    expect(stated(`feeder-1, ${id}`)).toEqual([["power.outages[0].ids[1]", "unknown node", id]]);
  });
});

describe("a one-line that is written out", () => {
  const racks = [
    "old.h1.p1",
    "old.h1.p2",
    "new1.h1.p1",
    "new1.h1.p2",
    "new1.h2.p1",
    "new1.h2.p2",
    "new2.h1.p1",
    "new2.h1.p2",
    "new2.h2.p1",
    "new2.h2.p2",
  ].flatMap((pod) => [1, 2, 3, 4, 5, 6, 7, 8].map((rack) => `${pod}.r${rack}`));
  const asBuilt = (nodes: readonly string[], fed: readonly string[] = racks) =>
    faults(
      minimalWith(
        [LEVEL, ""],
        [
          "  distribution:\n",
          `  distribution: []\n  asBuilt:\n${[...nodes, ...fed.map((id) => `{ id: ${id}, kind: rack, feeds: [ups-a, ups-b] }`)].map((node) => `    - ${node}\n`).join("")}`,
        ],
      ),
    );
  const UTILITY = "{ id: main, kind: utility, feeds: [] }";
  const ups = (id: string, parts = "feeds: [main]") => `{ id: ${id}, kind: ups, rating: 9 MW, ${parts} }`;

  test("is whole", () => {
    expect(asBuilt([UTILITY, ups("ups-a"), ups("ups-b")])).toEqual([]);
  });

  test.each<[string, readonly string[], readonly [string, string, string]]>([
    [
      "a feed that is not there",
      [UTILITY, ups("ups-a"), ups("ups-b", "feeds: [mian]")],
      ["power.asBuilt[2].feeds[0]", "unknown node", "mian"],
    ],
    [
      "one feed twice",
      [UTILITY, ups("ups-a"), ups("ups-b", "feeds: [main, main]")],
      ["power.asBuilt[2].feeds[1]", "fed twice by one node", "main"],
    ],
    [
      "nothing that feeds it",
      [UTILITY, ups("ups-a"), ups("ups-b", "feeds: []")],
      ["power.asBuilt[2].feeds", "nothing feeds it", "ups-b, a ups"],
    ],
    [
      "a circle",
      [UTILITY, ups("ups-a", "feeds: [ups-b]"), ups("ups-b", "feeds: [ups-a, main]")],
      ["power.asBuilt[1].feeds", "nodes feed each other in a circle", "ups-a"],
    ],
    [
      "voltages that do not meet",
      [
        "{ id: main, kind: utility, feeds: [], voltage: 13.8 kV }",
        ups("ups-a", "feeds: [main], voltage: 415 V"),
        ups("ups-b"),
      ],
      ["power.asBuilt[1].voltage", "voltages do not meet", "415 V, fed by main at 13800 V"],
    ],
    [
      "a name twice",
      [UTILITY, ups("ups-a"), ups("ups-b"), ups("ups-b")],
      ["power.asBuilt[3].id", "node stands twice", "ups-b, already at power.asBuilt[2].id"],
    ],
  ])("has a fault with %s", (_, nodes, fault) => {
    expect(asBuilt(nodes)).toEqual([fault]);
  });

  test("names every rack, and no other", () => {
    const nodes = [UTILITY, ups("ups-a"), ups("ups-b")];
    expect(asBuilt(nodes, racks.slice(1))).toEqual([["power.asBuilt", "racks that nothing feeds", "old.h1.p1.r1"]]);
    expect(asBuilt(nodes, [...racks, "old.h1.p1.r9"])).toEqual([
      ["power.asBuilt[83].id", "unknown rack", "old.h1.p1.r9"],
    ]);
  });

  test("stands in place of the levels", () => {
    const text = minimalWith([LEVEL, `${LEVEL}  asBuilt:\n    - ${UTILITY}\n`]);
    expect(faults(text)).toContainEqual([
      "power.distribution[0]",
      "one-line stated twice",
      "levels and an as-built list",
    ]);
  });
});
