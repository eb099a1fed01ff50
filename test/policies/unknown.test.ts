import { describe, expect, test } from "vitest";
import { check, exitCode } from "../../policies/check.ts";
import { type RegisteredObject, type RegisteredResource, UNKNOWN } from "../../policies/registered.ts";
import { contextOf } from "../support/context.ts";
import { restrictedPod } from "../support/restricted-pod.ts";
import { labWith, siteText } from "../support/sites.ts";

type Path = readonly (string | number)[];

/** Every place in a value, leaves and branches, but for the kind: the engine's type token names it. */
function placesIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => path.length > 0 || (key !== "kind" && key !== "apiVersion"))
    .flatMap(([key, child]) => {
      const at = [...path, Array.isArray(value) ? Number(key) : key];
      return [at, ...placesIn(child, at)];
    });
}

/** The value with one place that is not known. */
function forgetting(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return UNKNOWN;
  const copy: Record<string | number, unknown> | unknown[] = Array.isArray(value)
    ? [...value]
    : { ...(value as object) };
  Object.assign(copy, { [key]: forgetting((value as Readonly<Record<string | number, unknown>>)[key], rest) });
  return copy;
}

const template = (gpus: string, more: object = {}) => ({
  metadata: { labels: { "kueue.x-k8s.io/queue-name": "pool-gb300" } },
  spec: {
    nodeSelector: { "millrace.dev/pool": "gb300" },
    ...restrictedPod(gpus),
    ...more,
  },
});
const object = (apiVersion: string, kind: string, spec: object, labels: object = {}): RegisteredObject => ({
  urn: `urn:pulumi:lab::millrace::kubernetes:${apiVersion}:${kind}::extra`,
  object: { apiVersion, kind, metadata: { name: "extra", namespace: "tenant-research", labels }, spec },
});
const quota = (gpus: string, watts: string) => ({
  stopPolicy: "None",
  resourceGroups: [
    {
      flavors: [
        {
          name: "all",
          resources: [
            { name: "nvidia.com/gpu", nominalQuota: gpus },
            { name: "millrace.dev/watts", nominalQuota: watts },
          ],
        },
      ],
    },
  ],
});

/** Each is wrong in one way, and blocks. */
const WRONG: Readonly<Record<string, RegisteredObject>> = {
  "a Deployment that asks for too much": object("apps/v1", "Deployment", { replicas: 8, template: template("8") }),
  "a LeaderWorkerSet that asks for too much": object("leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet", {
    replicas: 2,
    leaderWorkerTemplate: { size: 8, leaderTemplate: template("4"), workerTemplate: template("4") },
  }),
  "a JobSet that asks for too much": object("jobset.x-k8s.io/v1alpha2", "JobSet", {
    replicatedJobs: [{ name: "a", replicas: 4, template: { spec: { parallelism: 4, template: template("4") } } }],
  }),
  "a kind of others with GPUs": object("ray.io/v1", "RayCluster", { group: { template: template("8") } }),
  "an operator's request for GPUs": object("nvidia.com/v1", "Graph", { services: { a: { limits: { gpu: "64" } } } }),
  "a Deployment outside the queues": object("apps/v1", "Deployment", {
    replicas: 1,
    template: { spec: template("8").spec },
  }),
  "a pod on the host's network": object("v1", "Pod", template("0", { hostNetwork: true }).spec),
  "a pod without settings": object("v1", "Pod", { containers: [{ name: "a", image: `a@sha256:${"0".repeat(64)}` }] }),
  "an image by tag": object("v1", "Pod", {
    ...template("0").spec,
    containers: [{ ...template("0").spec.containers[0], image: "example.com/engine:latest" }],
  }),
  "a second queue of the pool": object("kueue.x-k8s.io/v1beta2", "ClusterQueue", quota("512", "1136k"), {
    "millrace.dev/pool": "gb300",
  }),
  "a queue of no pool": object("kueue.x-k8s.io/v1beta2", "ClusterQueue", quota("8", "8k")),
  "a cohort with quota": object("kueue.x-k8s.io/v1beta2", "Cohort", quota("8", "8k")),
};

describe("whatever of it is not known, what is wrong is not let through", () => {
  const context = contextOf({ text: siteText("lab") });
  const exitWith = (...extra: readonly RegisteredObject[]) =>
    exitCode(check({ ...context, registered: [...context.registered, ...extra] }));

  test("the lab itself passes", () => {
    expect(exitWith()).toBe(0);
  });

  test.each(Object.entries(WRONG))("%s", (_, wrong) => {
    expect(exitWith(wrong)).not.toBe(0);
    const places = placesIn(wrong.object);
    expect(places.length).toBeGreaterThan(5);
    const passed = places.filter((path) => exitWith({ ...wrong, object: forgetting(wrong.object, path) }) === 0);
    expect(passed.map((path) => path.join("."))).toEqual([]);
  });
});

describe("whatever of a cloud's resource is not known, what is wrong is not let through", () => {
  const context = contextOf({ text: siteText("aws-ohio") });
  const find = (name: string) => {
    const found = context.resources.find(({ urn }) => urn.endsWith(name));
    if (found === undefined) throw new Error(`aws-ohio has no ${name}`);
    return found;
  };
  const exitWith = (wrong: RegisteredResource) =>
    exitCode(
      check({ ...context, resources: context.resources.map((each) => (each.urn === wrong.urn ? wrong : each)) }),
    );

  test.each([
    ["cluster-eks", { vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: true } }],
    ["cluster-eks", { enabledClusterLogTypes: ["api"] }],
    ["cluster-system-template", { metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 2 } }],
    [
      "pool-h200-template",
      { networkInterfaces: [{ networkCardIndex: 0, deviceIndex: 0, interfaceType: "interface" }] },
    ],
    ["pool-h100-template", { placement: { groupName: "mine" } }],
    ["pool-h200-nodes", { capacityType: "ON_DEMAND" }],
  ])("%s with %o", (name, change) => {
    const right = find(name);
    expect(exitWith(right)).toBe(0);
    const inputs = { ...(right.inputs as object), ...change };
    expect(exitWith({ ...right, inputs })).toBe(1);
    const places = placesIn(change);
    const passed = places.filter((path) => exitWith({ ...right, inputs: forgetting(inputs, path) }) === 0);
    expect(passed.map((path) => path.join("."))).toEqual([]);
  });
});

describe("what is not known of the planned objects never proves a held phase", () => {
  const context = contextOf({ text: labWith(["state: online", "state: burn-in"]) });
  const queue = context.registered.find((entry) => (entry.object as { readonly kind: string }).kind === "ClusterQueue");

  test("its open queue", () => {
    if (queue === undefined) throw new Error("the lab has a queue");
    const others = context.registered.filter((entry) => entry !== queue);
    const open = { ...(queue.object as object), spec: quota("8", "8k") };
    const exitOf = (given: unknown) =>
      exitCode(check({ ...context, registered: [...others, { ...queue, object: given }] }));
    expect(exitOf(open)).toBe(1);
    expect(placesIn(open).filter((path) => exitOf(forgetting(open, path)) === 0)).toEqual([]);
  });
});
