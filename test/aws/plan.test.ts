import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { sixteenths } from "../../components/aws/addresses.ts";
import { drainMinute } from "../../components/aws/capacity-block.ts";
import { networkInterfaces } from "../../components/aws/interfaces.ts";
import { objectsOf, resourcesOf } from "../../components/objects.ts";
import { minuteOf, showMinute } from "../../components/site/instant.ts";
import { timeConditions } from "../../policies/rules/aws/capacity-block.ts";
import { catalog, ohioWith, opening, siteText } from "../support/sites.ts";

const ohio = opening(siteText("aws-ohio"), "aws-ohio");
const inputsOf = (text: string, name: string): Readonly<Record<string, unknown>> => {
  const { plan } = opening(text, "aws-ohio");
  const found = resourcesOf(plan, catalog).find((each) => each.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found.inputs as Readonly<Record<string, unknown>>;
};

describe("the catalog of instances", () => {
  // Amazon EC2 accelerated instance types: GPUs, vCPUs, EFA devices.
  test.each([
    ["p4d.24xlarge", 8, 96, 4],
    ["p4de.24xlarge", 8, 96, 4],
    ["p5.4xlarge", 1, 16, 1],
    ["p5.48xlarge", 8, 192, 32],
    ["p5e.48xlarge", 8, 192, 32],
    ["p5en.48xlarge", 8, 192, 16],
    ["p6-b200.48xlarge", 8, 192, 8],
    ["p6-b300.48xlarge", 8, 192, 16],
    ["p6e-gb200.36xlarge", 4, null, null],
    ["g6e.48xlarge", 8, 192, 4],
    ["g7e.48xlarge", 8, 192, 4],
  ])("%s has %i GPUs, %s vCPUs, %s EFA devices", (id, gpus, vcpus, efa) => {
    const instance = catalog.instances.get(id);
    expect([instance?.gpus.value, instance?.vcpus.value, instance?.efaDevices.value]).toEqual([gpus, vcpus, efa]);
  });

  test("has no other, and prices of no other", () => {
    expect(catalog.instances.size).toBe(11);
    expect([...catalog.instancePrices.keys()].filter((id) => !catalog.instances.has(id))).toEqual([]);
  });

  // The multipliers of regions are the same for p5 and p5en.
  test("prices p5 and p5en in the same proportion, region by region", () => {
    const price = (id: string, region: string) => Number(catalog.instancePrices.get(id)?.get(region)?.value ?? 0n);
    const shared = [...(catalog.instancePrices.get("p5en.48xlarge")?.keys() ?? [])].filter((region) =>
      catalog.instancePrices.get("p5.48xlarge")?.has(region),
    );
    expect(shared.length).toBeGreaterThan(5);
    for (const region of shared) {
      const [p5, p5en] = ["p5.48xlarge", "p5en.48xlarge"].map((id) => price(id, region) / price(id, "us-east-1"));
      expect(p5).toBeCloseTo(p5en ?? 0, 2);
    }
  });

  test("knows the prices of Ohio", () => {
    const ohioPrice = (id: string) => catalog.instancePrices.get(id)?.get("us-east-2")?.value;
    expect(["p5.48xlarge", "p5en.48xlarge", "p6-b200.48xlarge", "p5e.48xlarge"].map(ohioPrice)).toEqual([
      55_040_000n,
      63_296_000n,
      113_932_800n,
      undefined,
    ]);
  });
});

describe("network interfaces", () => {
  const known = [...catalog.instances.values()].filter(
    ({ efaDevices, efaOnFirstCard }) => efaDevices.value !== null && efaOnFirstCard.value !== null,
  );

  test.each(known.map((instance) => [instance.id, instance] as const))(
    "%s: ENA first, one EFA a card",
    (_, instance) => {
      const { efaDevices, efaOnFirstCard } = instance;
      const interfaces = networkInterfaces({ efaDevices: efaDevices.value, efaOnFirstCard: efaOnFirstCard.value }, []);
      const places = (interfaces ?? []).map(
        (each) => each as { networkCardIndex: number; deviceIndex: number; interfaceType: string },
      );
      expect(places[0]).toMatchObject({ networkCardIndex: 0, deviceIndex: 0, interfaceType: "interface" });
      const efa = places.slice(1);
      expect(efa.map(({ interfaceType }) => interfaceType)).toEqual(
        Array.from({ length: efaDevices.value ?? 0 }, () => "efa-only"),
      );
      expect(new Set(efa.map(({ networkCardIndex }) => networkCardIndex)).size).toBe(efaDevices.value);
      const slots = places.map(({ networkCardIndex, deviceIndex }) => `${networkCardIndex}.${deviceIndex}`);
      expect(new Set(slots).size).toBe(slots.length);
      expect(Math.min(...efa.map(({ networkCardIndex }) => networkCardIndex))).toBe(efaOnFirstCard.value ? 0 : 1);
    },
  );

  test("are not made up where the layout is not known", () => {
    expect(networkInterfaces({ efaDevices: 8, efaOnFirstCard: null }, [])).toBeNull();
    expect(networkInterfaces({ efaDevices: null, efaOnFirstCard: true }, [])).toBeNull();
    const { plan } = opening(ohioWith(["type: p5.48xlarge", "type: p6-b200.48xlarge"]), "aws-ohio");
    expect(resourcesOf(plan, catalog).filter(({ name }) => name.startsWith("aws-ohio-pool-h100"))).toEqual([]);
  });
});

describe("the network", () => {
  const networks = fc
    .tuple(fc.integer({ min: 16, max: 20 }), fc.nat({ max: 2 ** 20 - 1 }))
    .map(([bits, index]) => ({ bits, first: (index % 2 ** bits) * 2 ** (32 - bits) }));
  const dotted = (address: number) => [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
  const firstOf = (cidr: string) =>
    cidr
      .split("/")[0]
      ?.split(".")
      .reduce((sum, octet) => sum * 256 + Number(octet), 0) ?? 0;

  property.prop([networks], { numRuns: 1_000 })("is parted without gap or overlap", ({ bits, first }) => {
    const parts = sixteenths(`${dotted(first)}/${bits}`);
    expect(parts).toHaveLength(16);
    const size = 2 ** (32 - bits - 4);
    expect(parts.map(firstOf)).toEqual(Array.from({ length: 16 }, (_, index) => first + index * size));
    expect(parts.every((part) => part.endsWith(`/${bits + 4}`))).toBe(true);
  });

  test("a zone that comes behind moves no subnet", () => {
    const more = ohioWith(["zones: [us-east-2a, us-east-2b]", "zones: [us-east-2a, us-east-2b, us-east-2c]"]);
    for (const zone of ["us-east-2a", "us-east-2b"]) {
      const name = `aws-ohio-network-subnet-${zone}`;
      expect(inputsOf(more, name)).toEqual(inputsOf(siteText("aws-ohio"), name));
    }
    expect(inputsOf(more, "aws-ohio-network-subnet-us-east-2c").cidrBlock).toBe("10.40.32.0/20");
  });

  test("opens nothing to the internet", () => {
    const resources = resourcesOf(ohio.plan, catalog);
    expect(resources.filter(({ type }) => /internetGateway|natGateway|eip/i.test(type))).toEqual([]);
    expect(JSON.stringify(resources)).not.toMatch(/0\.0\.0\.0\/0|::\/0/);
  });
});

describe("instants", () => {
  test.each([
    ["2026-12-01T11:30Z", "2026-12-01T11:30Z"],
    ["2026-12-01T06:30-05:00", "2026-12-01T11:30Z"],
    ["2026-12-02T01:30+14:00", "2026-12-01T11:30Z"],
    ["2028-02-29T00:00Z", "2028-02-29T00:00Z"],
  ])("%s is %s", (text, same) => {
    expect(minuteOf(text)).toBe(Date.parse(same) / 60_000);
  });

  test.each([
    "2027-02-29T00:00Z",
    "2026-12-01T24:00Z",
    "2026-12-01T11:60Z",
    "2026-12-01T11:30",
    "2026-12-01T11:30+15:00",
  ])("%s is none", (text) => {
    expect(minuteOf(text)).toBeNull();
  });

  // Clocks go forward on 2027-03-14 and back on 2026-11-01 in New York.
  test.each([
    ["2027-03-13T11:00Z", "06:00"],
    ["2027-03-14T11:00Z", "07:00"],
    ["2026-10-31T11:00Z", "07:00"],
    ["2026-11-01T11:00Z", "06:00"],
  ])("%s is %s on the clock of New York", (text, local) => {
    const day = text.slice(0, 10);
    expect(showMinute(minuteOf(text) ?? 0, "America/New_York")).toBe(`${day} 11:00 UTC (${local} in America/New_York)`);
  });
});

describe("the window of a Capacity Block", () => {
  const window = (from: string, until: string, neededUntil: string, today: string, isUltraServer = false) => {
    const block = { kind: "capacity-block", id: "cr-00000000", count: 1, from, until, neededUntil } as const;
    const conditions = timeConditions(block, drainMinute(block, isUltraServer), today, "at");
    return conditions.flatMap(({ name, value }, index) =>
      value === true ? [] : [["end", "length", "start", "over", "work"][index] ?? name],
    );
  };

  test.each([
    // The work may end in the minute in which the drain begins.
    ["2026-12-01T11:30Z", "2026-12-08T11:30Z", "2026-12-08T11:00Z", "2026-12-01", []],
    ["2026-12-01T11:30Z", "2026-12-08T11:30Z", "2026-12-08T11:01Z", "2026-12-01", ["work"]],
    ["2026-12-01T11:30Z", "2026-12-08T11:30Z", "2026-12-08T11:30Z", "2026-12-01", ["work"]],
    // It ends at 11:30 UTC, summer and winter.
    ["2027-03-10T11:30Z", "2027-03-17T11:30Z", "2027-03-17T07:00-04:00", "2027-03-10", []],
    ["2027-03-10T11:30Z", "2027-03-17T11:30Z", "2027-03-17T07:00-05:00", "2027-03-10", ["work"]],
    ["2027-03-10T11:30Z", "2027-03-17T06:30-05:00", "2027-03-17T00:00Z", "2027-03-10", []],
    ["2027-03-10T11:30Z", "2027-03-17T06:30-04:00", "2027-03-17T00:00Z", "2027-03-10", ["end"]],
    ["2026-12-01T11:30Z", "2026-12-08T11:29Z", "2026-12-08T00:00Z", "2026-12-01", ["end", "length"].slice(0, 1)],
    // From one day to 182, over a leap day as over any other.
    ["2026-12-01T11:30Z", "2026-12-02T11:30Z", "2026-12-02T00:00Z", "2026-12-01", []],
    ["2026-12-01T12:00Z", "2026-12-02T11:30Z", "2026-12-02T00:00Z", "2026-12-01", ["length"]],
    ["2028-02-01T11:30Z", "2028-08-01T11:30Z", "2028-08-01T00:00Z", "2028-02-01", []],
    ["2028-02-01T11:30Z", "2028-08-02T11:30Z", "2028-08-02T00:00Z", "2028-02-01", ["length"]],
    ["2028-02-28T11:30Z", "2028-02-29T11:30Z", "2028-02-29T11:00Z", "2028-02-29", []],
    // Eight weeks ahead, to the day; over once the last day's drain lies behind.
    ["2027-01-19T11:30Z", "2027-01-26T11:30Z", "2027-01-26T00:00Z", "2026-11-24", []],
    ["2027-01-20T11:30Z", "2027-01-27T11:30Z", "2027-01-27T00:00Z", "2026-11-24", ["start"]],
    ["2026-12-01T11:30Z", "2026-12-08T11:30Z", "2026-12-08T11:00Z", "2026-12-08", []],
    ["2026-12-01T11:30Z", "2026-12-08T11:30Z", "2026-12-08T11:00Z", "2026-12-09", ["over"]],
  ])("%s to %s, needed until %s, on %s: %o", (from, until, neededUntil, today, broken) => {
    expect(window(from, until, neededUntil, today)).toEqual(broken);
  });

  test("UltraServers are drained an hour before the end", () => {
    const at = (needed: string) => window("2026-12-01T11:30Z", "2026-12-08T11:30Z", needed, "2026-12-01", true);
    expect([at("2026-12-08T10:30Z"), at("2026-12-08T10:31Z")]).toEqual([[], ["work"]]);
  });
});

describe("node groups", () => {
  test("of a block start empty, fill when it starts and empty when it is drained", () => {
    const text = siteText("aws-ohio");
    expect(inputsOf(text, "aws-ohio-pool-h200-nodes")).toMatchObject({
      capacityType: "CAPACITY_BLOCK",
      scalingConfig: { minSize: 0, desiredSize: 0, maxSize: 16 },
      taints: [{ key: "nvidia.com/gpu", effect: "NO_SCHEDULE" }],
    });
    expect(inputsOf(text, "aws-ohio-pool-h200-starts")).toMatchObject({
      startTime: "2026-11-23T11:30:00Z",
      desiredCapacity: 16,
    });
    expect(inputsOf(text, "aws-ohio-pool-h200-drains")).toMatchObject({
      startTime: "2027-01-04T11:00:00Z",
      desiredCapacity: 0,
    });
  });

  test("on demand and on spot stand in a placement group, reserved ones do not", () => {
    const spot = ohioWith(
      [
        "      reservation: { kind: on-demand, count: 8 } # made here; billed at the on-demand price, used or not\n",
        "",
      ],
      [
        "    capacity: reserved\n    instances:\n      type: p5.48xlarge",
        "    capacity: spot\n    instances:\n      type: p5.48xlarge",
      ],
    );
    expect(inputsOf(spot, "aws-ohio-pool-h100-nodes")).toMatchObject({ capacityType: "SPOT" });
    expect(inputsOf(spot, "aws-ohio-pool-h100-template")).toMatchObject({ placement: { groupName: "aws-ohio-h100" } });
    expect(inputsOf(siteText("aws-ohio"), "aws-ohio-pool-h100-template").placement).toBeUndefined();
    // Nobody publishes what spot will cost.
    expect(opening(spot, "aws-ohio").plan.cost.perHour.missing).toEqual(["pools[1].instances.pricePerHour"]);
  });

  test("come with the phase that draws power, and not before", () => {
    const early = opening(ohioWith(["state: online", "state: permitted"]), "aws-ohio");
    expect(resourcesOf(early.plan, catalog).filter(({ name }) => name.includes("-pool-"))).toEqual([]);
  });
});

test("the queue of a rented pool counts GPUs, and no watts", () => {
  const objects = objectsOf(ohio.plan, catalog).map(({ object }) => object);
  const queues = objects.filter(({ kind }) => kind === "ClusterQueue");
  expect(JSON.stringify(queues)).not.toContain("watts");
  expect(JSON.stringify(queues).match(/"nominalQuota":"\d+"/g)).toEqual([
    '"nominalQuota":"120"',
    '"nominalQuota":"64"',
  ]);
});

test("an hour costs what each instance paid for costs, to the micro-dollar", () => {
  const { cost } = ohio.plan;
  expect(cost.lines.map(({ id, perHour }) => [id, perHour])).toEqual([
    ["instances-h200", 16n * 43_270_000n],
    ["instances-h100", 8n * 55_040_000n],
    ["system-nodes", 3n * 403_200n],
  ]);
  expect(cost.perHour).toEqual({ known: 1_133_849_600n, missing: [] });
  expect(cost.capex).toEqual({ known: 0n, missing: [] });
  expect(inputsOf(siteText("aws-ohio"), "aws-ohio-cluster-budget").limitAmount).toBe("876000.00");
});
