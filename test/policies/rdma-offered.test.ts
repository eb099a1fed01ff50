import { describe, expect, test } from "vitest";
import type { PoolPlan } from "../../components/plan-types.ts";
import { rdmaOffersOf, takesIn } from "../../policies/rdma-offers.ts";
import { UNKNOWN } from "../../policies/registered.ts";
import { adding, changed } from "../support/by-hand.ts";
import { findingsOf } from "../support/context.ts";
import { engine, on } from "../support/engines.ts";
import { siteText } from "../support/sites.ts";

const rdma = { resources: { "rdma/compute": "1" } };
const lab = siteText("lab");

/** Verdicts on a pod on the lab's nodes, whose NICs are 15b3:1023. */
const verdicts = (parts: Parameters<typeof engine>[1], spec: object | null = null) =>
  findingsOf("network/rdma-offered", {
    text: lab,
    registered: (planned) => {
      const all = adding(engine("fast", parts))(planned);
      return spec === null ? all : changed("NicClusterPolicy", (object) => ({ ...object, spec }))(all);
    },
  }).map(({ verdict }) => verdict);

const shared = (entry: unknown, more: object = {}) => ({
  rdmaSharedDevicePlugin: { config: JSON.stringify({ configList: [entry] }) },
  ...more,
});
const entry = (selectors: object, more: object = {}) => ({
  resourceName: "compute",
  rdmaHcaMax: 63,
  selectors,
  ...more,
});
const ours = entry({ vendors: ["15b3"], deviceIDs: ["1023"] });

describe("what the policy offers", () => {
  test.each([
    ["the NICs of the pool", shared(ours), "proved"],
    ["all of their vendor", shared(entry({ vendors: ["15b3"] })), "proved"],
    ["those of another device", shared(entry({ vendors: ["15b3"], deviceIDs: ["1021"] })), "violated"],
    ["those of another vendor, whatever else", shared(entry({ vendors: ["8086"], ifNames: ["eth0"] })), "violated"],
    ["interfaces by name", shared(entry({ vendors: ["15b3"], ifNames: ["eth0"] })), "unproved"],
    ["whatever there is", shared(entry({})), "unproved"],
    ["under another prefix", shared(entry({ vendors: ["15b3"] }, { resourcePrefix: "nvidia.com" })), "violated"],
    ["by no plugin", {}, "violated"],
    ["by a text that is no JSON", { rdmaSharedDevicePlugin: { config: "{" } }, "unproved"],
    ["by a text that is not known", { rdmaSharedDevicePlugin: { config: UNKNOWN } }, "unproved"],
    [
      "virtual functions of the vendor",
      { sriovDevicePlugin: { config: JSON.stringify({ resourceList: [{ ...ours, resourcePrefix: "rdma" }] }) } },
      "unproved",
    ],
  ])("%s", (_, spec, verdict) => {
    expect(verdicts({ ...rdma, ...on("gb300") }, spec)).toEqual([verdict]);
  });

  test("two policies are one too many", () => {
    const second = (planned: readonly { readonly urn: string; readonly object: unknown }[]) =>
      planned.flatMap((each) =>
        (each.object as { readonly kind: string }).kind === "NicClusterPolicy"
          ? [each, { ...each, urn: `${each.urn}-2` }]
          : [each],
      );
    const found = findingsOf("network/rdma-offered", {
      text: lab,
      registered: (planned) => second(adding(engine("fast", { ...rdma, ...on("gb300") }))(planned)),
    });
    expect(found).toMatchObject([{ verdict: "violated" }]);
  });
});

test.each([
  ["anywhere", rdma, "unproved"],
  ["with resources that are not known", { ...on("gb300"), container: { resources: UNKNOWN } }, "unproved"],
  ["asks for none", { ...on("gb300"), resources: { "rdma/compute": "0" } }, "not-applicable"],
  ["asks for EFA alone", { ...on("gb300"), resources: { "vpc.amazonaws.com/efa": "1" } }, "not-applicable"],
] as const)("a pod: %s", (_, parts, verdict) => {
  expect(verdicts(parts)).toEqual([verdict]);
});

test("a policy whose affinity leaves the pool out reaches none of its nodes", () => {
  const nodes = (...nodeSelectorTerms: readonly object[]) => ({
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
  });
  const label = (operator: unknown, ...values: readonly unknown[]) => ({
    matchExpressions: [{ key: "millrace.dev/pool", operator, values }],
  });
  const pool = { id: "gb300" } as PoolPlan;
  const given = (spec: object) => takesIn({ spec }, pool);
  expect([
    given({}),
    given(nodes(label("In", "gb300"))),
    given(nodes(label("Exists"))),
    given(nodes(label("In", "other"), label("NotIn", "other"))),
  ]).toEqual([true, true, true, true]);
  expect([given(nodes(label("In", "other"))), given(nodes(label("DoesNotExist"))), given(nodes())]).toEqual([
    false,
    false,
    false,
  ]);
  expect([
    given(nodes({ matchExpressions: [{ key: "pci-15b3.present", operator: "Exists" }] })),
    given(nodes(label(UNKNOWN, "gb300"))),
    given({ nodeAffinity: UNKNOWN }),
    given(nodes({ matchExpressions: UNKNOWN })),
  ]).toEqual([null, null, null, null]);
  expect(verdicts({ ...rdma, ...on("gb300") }, shared(ours, nodes(label("In", "other"))))).toEqual(["violated"]);
});

test("a share that is not a number is none that is known", () => {
  const [offer] = rdmaOffersOf({ spec: shared({ ...ours, rdmaHcaMax: "many" }) }) ?? [];
  expect(offer).toMatchObject({ resource: "rdma/compute", most: null });
});
