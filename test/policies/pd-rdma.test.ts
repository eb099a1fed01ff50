import { describe, expect, test } from "vitest";
import type { PoolPlan } from "../../components/plan-types.ts";
import { oneFabric } from "../../policies/one-fabric.ts";
import { type RegisteredObject, UNKNOWN } from "../../policies/registered.ts";
import { adding } from "../support/by-hand.ts";
import { contextOf, findingsOf } from "../support/context.ts";
import { engine, on, split } from "../support/engines.ts";
import { siteText } from "../support/sites.ts";

const lab = siteText("lab");
const ohio = siteText("aws-ohio");
type Given = Parameters<typeof engine>[1];

const verdicts = (text: string, prefill: Given, decode: Given, ...more: readonly RegisteredObject[]) =>
  findingsOf("serving/pd-rdma", {
    text,
    registered: adding(
      engine("prefill", { args: split(2), ...prefill }),
      engine("decode", { args: split(4), ...decode }),
      ...more,
    ),
  }).map(({ verdict }) => verdict);

const rdma = { resources: { "rdma/compute": "1" } };
const efa = { resources: { "vpc.amazonaws.com/efa": "16" } };

describe("where the two roles stand", () => {
  test.each([
    ["one pool", lab, { ...rdma, ...on("gb300") }, { ...rdma, ...on("gb300") }, "proved"],
    ["one of them anywhere", lab, { ...rdma, ...on("gb300") }, rdma, "unproved"],
    ["a pool of nobody", lab, { ...rdma, ...on("gb300") }, { ...rdma, ...on("gb200") }, "unproved"],
    ["a pool that is not known", lab, { ...rdma, ...on("gb300") }, { ...rdma, ...on(UNKNOWN) }, "unproved"],
    ["one zone", ohio, { ...efa, ...on("h200") }, { ...efa, ...on("h200") }, "proved"],
    ["two zones", ohio, { ...efa, ...on("h200") }, { ...efa, ...on("h100") }, "violated"],
  ] as const)("%s", (_, text, prefill, decode, verdict) => {
    expect(verdicts(text, prefill, decode)).toEqual([verdict]);
  });

  const affine = (...terms: readonly (readonly string[])[]) => ({
    spec: {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: terms.map((values) => ({
              matchExpressions: [{ key: "millrace.dev/pool", operator: "In", values }],
            })),
          },
        },
      },
    },
  });
  test.each([
    ["an affinity to one pool", affine(["h200"]), "proved"],
    ["to another", affine(["h100"]), "violated"],
    ["to either", affine(["h200", "h100"]), "unproved"],
    ["or to none", affine(["h200"], []), "unproved"],
  ] as const)("%s", (_, decode, verdict) => {
    expect(verdicts(ohio, { ...efa, ...on("h200") }, { ...efa, ...decode })).toEqual([verdict]);
  });

  test("the queue, where nothing else says it", () => {
    const queued = (name: string): RegisteredObject => {
      const { urn, object } = engine(name, { args: split(4), ...efa });
      const { metadata, ...rest } = object as { readonly metadata: object };
      return {
        urn,
        object: { ...rest, metadata: { ...metadata, labels: { "kueue.x-k8s.io/queue-name": "pool-h200" } } },
      };
    };
    const found = findingsOf("serving/pd-rdma", {
      text: ohio,
      registered: adding(queued("prefill"), queued("decode")),
    });
    expect(found).toMatchObject([{ verdict: "proved" }]);
  });

  const { plan } = contextOf({ text: lab });
  const [pool] = plan.pools as readonly [PoolPlan];
  const [phase] = plan.phases;
  const [building] = phase?.buildings ?? [];
  if (phase === undefined || building === undefined) throw new Error("the lab has a building");
  const second = { ...phase, id: "second", buildings: [{ ...building, id: "second" }] };
  const beside = { ...pool, id: "beside" };
  const away = { ...pool, id: "away", phase: "second" };
  const wide = { ...phase, buildings: [building, { ...building, id: "second" }] };

  test.each([
    ["a pool with itself", [pool], [pool], plan, true],
    ["two pools of a building with a compute fabric", [pool], [beside], plan, true],
    ["of one without", [pool], [beside], { ...plan, network: { ...plan.network, fabrics: [] } }, null],
    ["of two buildings", [pool], [away], { ...plan, phases: [phase, second] }, false],
    ["one that may borrow from the other", [pool], [pool, away], { ...plan, phases: [phase, second] }, null],
    ["a pool over two buildings", [pool], [pool], { ...plan, phases: [wide] }, null],
    ["a phase that is not there", [pool], [pool], { ...plan, phases: [] }, null],
    ["no pool", [], [pool], plan, null],
    ["pools that are not known", null, [pool], plan, null],
  ] as const)("%s: %s", (_, left, right, given, expected) => {
    expect(oneFabric(left, right, given)).toBe(expected);
  });
});

describe("what they ask for", () => {
  const claiming = (name: string) => ({
    spec: { ...on("gb300").spec, resourceClaims: [{ name: "a", resourceClaimTemplateName: name }] },
  });
  const domain = (name: string): RegisteredObject => ({
    urn: name,
    object: {
      apiVersion: "resource.nvidia.com/v1beta1",
      kind: "ComputeDomain",
      metadata: { name, namespace: "tenant-research" },
      spec: { numNodes: 0, channel: { resourceClaimTemplate: { name } } },
    },
  });
  const template = (deviceClassName: unknown): RegisteredObject => ({
    urn: "claims",
    object: {
      apiVersion: "resource.k8s.io/v1",
      kind: "ResourceClaimTemplate",
      metadata: { name: "claims", namespace: "tenant-research" },
      spec: { spec: { devices: { requests: [{ name: "nic", exactly: { deviceClassName } }] } } },
    },
  });

  test.each([
    ["one NVLink domain for both", claiming("a"), claiming("a"), [domain("a")], "proved"],
    ["a domain each", claiming("a"), claiming("b"), [domain("a"), domain("b")], "violated"],
    ["a domain of one alone", claiming("a"), on("gb300"), [domain("a")], "violated"],
    ["network devices", claiming("claims"), claiming("claims"), [template("efa.networking.k8s.aws")], "proved"],
    ["GPUs", claiming("claims"), claiming("claims"), [template("gpu.nvidia.com")], "violated"],
    ["a class of the cluster's own", claiming("claims"), claiming("claims"), [template("nics")], "unproved"],
    ["a class that is not known", claiming("claims"), claiming("claims"), [template(UNKNOWN)], "unproved"],
    ["a claim that nobody registers", claiming("claims"), claiming("claims"), [], "unproved"],
  ] as const)("%s", (_, prefill, decode, more, verdict) => {
    expect(verdicts(lab, prefill, decode, ...more)).toEqual([verdict]);
  });

  test("of an engine that may be either, nothing is wrong for certain", () => {
    expect(verdicts(lab, { role: null, ...on("gb300") }, { role: null, ...on("gb300") })).toEqual(["unproved"]);
  });

  test("resources that are not known", () => {
    const open = { ...on("gb300"), container: { resources: UNKNOWN } };
    expect(verdicts(lab, open, { ...rdma, ...on("gb300") })).toEqual(["unproved"]);
  });
});
