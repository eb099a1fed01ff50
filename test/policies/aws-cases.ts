import { type RegisteredObject, type RegisteredResource, UNKNOWN } from "../../policies/registered.ts";
import { adding, deployment } from "../support/by-hand.ts";
import { ohioWith, siteText } from "../support/sites.ts";

const ohio = siteText("aws-ohio");
const onDemand = ohioWith(
  ["      reservation: { kind: on-demand, count: 8 } # made here; billed at the on-demand price, used or not\n", ""],
  [
    "    capacity: reserved\n    instances:\n      type: p5.48xlarge",
    "    capacity: on-demand\n    instances:\n      type: p5.48xlarge",
  ],
);
/** No pool of the block. */
const noBlock = ohioWith(
  [
    "        kind: capacity-block\n        id: cr-0a1b2c3d4e5f60718\n        count: 16\n",
    "        kind: on-demand\n        count: 16\n",
  ],
  ["        from: 2026-11-23T11:30Z\n        until: 2027-01-04T11:30Z\n", ""],
  ["        neededUntil: 2027-01-04T05:00-05:00 # an hour before the nodes are drained\n", ""],
);
const retired = ohioWith(["state: online", "state: retired"]);

/** Registered resources with one changed, by the end of its name. */
const changing =
  (name: string, change: (inputs: Record<string, unknown>) => object) => (planned: readonly RegisteredResource[]) =>
    planned.map((each) =>
      each.urn.endsWith(name) ? { ...each, inputs: change(structuredCloned(each.inputs)) } : each,
    );
/** Symbols are not cloned by the runtime. */
const structuredCloned = (value: unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key, each]));
const without = (name: string) => (planned: readonly RegisteredResource[]) =>
  planned.filter(({ urn }) => !urn.endsWith(name));

const block = (piece: string, by: string) => ohioWith([piece, by]);
const ultra = ohioWith(
  ["type: p5en.48xlarge\n      count: 16", "type: p6e-gb200.36xlarge\n      count: 18"],
  ["count: 16\n        from", "count: 18\n        from"],
);

/** Two copies over two nodes each, of all GPUs of a node. */
const gang = ohioWith(["replicas: 15\n      nodesPerReplica: 1", "replicas: 2\n      nodesPerReplica: 2"]);
const efaOf = (devices: unknown) => (planned: readonly RegisteredObject[]) =>
  planned.map((entry) => {
    const text = JSON.stringify(entry.object);
    if (!text.includes("vpc.amazonaws.com/efa")) return entry;
    const object = JSON.parse(text, (key, value) => (key === "vpc.amazonaws.com/efa" ? "?" : value));
    return { ...entry, object: replaced(object, devices) };
  });
/** The mark of the devices by a value that JSON cannot write. */
function replaced(value: unknown, by: unknown): unknown {
  if (value === "?") return by;
  if (Array.isArray(value)) return value.map((each) => replaced(each, by));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaced(each, by)]));
}
const GANG = "workloads.tenant-research.LeaderWorkerSet.deepseek-r1";

/** A pod on the nodes of the pool h100 that claims devices. */
const claiming = deployment("8", {
  labels: { "kueue.x-k8s.io/queue-name": "pool-h100" },
  spec: { resourceClaims: [{ name: "devices", resourceClaimTemplateName: "any" }] },
});
const CLAIMING = "workloads.tenant-research.Deployment.extra";
const nodesOf = (scalingConfig: object) => changing("pool-h100-nodes", (inputs) => ({ ...inputs, scalingConfig }));

const transferring = (args: readonly unknown[]) => adding(deployment("8", { container: { args } }));
const nixl = (backends: readonly string[]) =>
  JSON.stringify({ kv_connector: "NixlConnector", kv_connector_extra_config: { backends } });

/** Cases of the rules for AWS, in the form of those of all rules. */
export const AWS_CASES = {
  "aws/efa-share": {
    pass: { text: gang, subject: GANG, verdict: "proved" },
    fail: { text: gang, registered: efaOf("8"), subject: GANG, verdict: "violated" },
    boundary: { text: gang, registered: efaOf("16"), subject: GANG, verdict: "proved" },
    "past the boundary": { text: gang, registered: efaOf("17"), subject: GANG, verdict: "violated" },
    unknown: { text: gang, registered: efaOf(UNKNOWN), subject: GANG, verdict: "unproved" },
    nothing: { text: gang, registered: efaOf(undefined), subject: GANG, verdict: "violated" },
    empty: { subject: "site", verdict: "not-applicable" },
  },
  // 16 nodes at 6.5 failures a thousand node-days and 4 h: 0.0173 down; one spare covers 99.985 % of the time.
  "compute/spares": {
    pass: { text: ohio, subject: "pools.h200", verdict: "proved" },
    fail: { text: block("spare: 1", "spare: 0"), subject: "pools.h200", verdict: "violated" },
    boundary: { text: block("assurance: 99.9 %", "assurance: 99.98 %"), subject: "pools.h200", verdict: "proved" },
    "past the boundary": {
      text: block("assurance: 99.9 %", "assurance: 99.99 %"),
      subject: "pools.h200",
      verdict: "violated",
    },
    unknown: { text: block("value: 6.5", "value: unknown"), subject: "pools.h200", verdict: "unproved" },
    empty: { subject: "site", verdict: "not-applicable" },
  },
  "aws/capacity-block": {
    pass: { text: ohio, subject: "pools.h200", verdict: "proved" },
    fail: { text: ohio, today: "2027-01-05", subject: "pools.h200", verdict: "violated" },
    boundary: {
      text: block("2027-01-04T05:00-05:00", "2027-01-04T06:00-05:00"),
      subject: "pools.h200",
      verdict: "proved",
    },
    "past the boundary": {
      text: block("2027-01-04T05:00-05:00", "2027-01-04T06:01-05:00"),
      subject: "pools.h200",
      verdict: "violated",
    },
    unknown: {
      text: ohio,
      resources: changing("pool-h200-template", (inputs) => ({ ...inputs, instanceMarketOptions: UNKNOWN })),
      subject: "pools.h200",
      verdict: "unproved",
    },
    nothing: { text: ohio, resources: without("pool-h200-nodes"), subject: "pools.h200", verdict: "unproved" },
    empty: { text: noBlock, subject: "site", verdict: "not-applicable" },
  },
  "aws/block-total": {
    pass: { text: ohio, subject: "pools.h200", verdict: "proved" },
    fail: {
      text: block("count: 16\n        from", "count: 300\n        from"),
      subject: "pools.h200",
      verdict: "violated",
    },
    boundary: {
      text: block("count: 16\n        from", "count: 256\n        from"),
      subject: "pools.h200",
      verdict: "proved",
    },
    "past the boundary": {
      text: block("count: 16\n        from", "count: 257\n        from"),
      subject: "pools.h200",
      verdict: "violated",
    },
    empty: { text: noBlock, subject: "site", verdict: "not-applicable" },
  },
  "aws/reservation-used": {
    pass: { text: ohio, subject: "pools.h100", verdict: "proved" },
    fail: {
      text: ohio,
      resources: changing("pool-h100-template", (inputs) => ({
        ...inputs,
        capacityReservationSpecification: undefined,
      })),
      subject: "pools.h100",
      verdict: "violated",
    },
    boundary: {
      text: block("kind: on-demand, count: 8", "kind: on-demand, count: 8"),
      subject: "pools.h100",
      verdict: "proved",
    },
    "past the boundary": {
      text: block("kind: on-demand, count: 8", "kind: on-demand, count: 9"),
      subject: "pools.h100",
      verdict: "violated",
    },
    unknown: {
      text: ohio,
      resources: changing("pool-h200-template", (inputs) => ({ ...inputs, capacityReservationSpecification: UNKNOWN })),
      subject: "pools.h200",
      verdict: "unproved",
    },
    nothing: { text: ohio, resources: without("pool-h100-template"), subject: "pools.h100", verdict: "unproved" },
    empty: { text: retired, subject: "site", verdict: "not-applicable" },
  },
  "aws/placement": {
    pass: { text: ohio, subject: "pools.h100", verdict: "proved" },
    fail: {
      text: ohio,
      resources: changing("pool-h100-template", (inputs) => ({ ...inputs, placement: { groupName: "mine" } })),
      subject: "pools.h100",
      verdict: "violated",
    },
    unknown: {
      text: ohio,
      resources: changing("pool-h100-template", (inputs) => ({ ...inputs, placement: UNKNOWN })),
      subject: "pools.h100",
      verdict: "unproved",
    },
    nothing: { text: ohio, resources: without("pool-h100-template"), subject: "pools.h100", verdict: "unproved" },
    empty: { text: retired, subject: "site", verdict: "not-applicable" },
  },
  "aws/efa": {
    pass: { text: ohio, subject: "pools.h200", verdict: "proved" },
    fail: {
      text: ohio,
      resources: changing("pool-h200-template", (inputs) => ({ ...inputs, networkInterfaces: [] })),
      subject: "pools.h200",
      verdict: "violated",
    },
    "past the boundary": {
      text: ohio,
      resources: changing("pool-h200-template", (inputs) => ({
        ...inputs,
        networkInterfaces: (inputs.networkInterfaces as unknown[]).slice(0, -1),
      })),
      subject: "pools.h200",
      verdict: "violated",
    },
    boundary: {
      text: ohio,
      resources: changing("pool-h200-template", (inputs) => ({
        ...inputs,
        networkInterfaces: [...(inputs.networkInterfaces as unknown[])].reverse(),
      })),
      subject: "pools.h200",
      verdict: "proved",
    },
    unknown: {
      text: ohioWith(["type: p5.48xlarge", "type: p6-b200.48xlarge"]),
      subject: "pools.h100",
      verdict: "unproved",
    },
    nothing: { text: ohio, resources: without("pool-h200-template"), subject: "pools.h200", verdict: "unproved" },
    empty: { text: retired, subject: "site", verdict: "not-applicable" },
  },
  "aws/ultraserver": {
    pass: { text: ultra, subject: "pools.h200", verdict: "proved" },
    fail: {
      text: ultra.replace('kubernetes: "1.34"', 'kubernetes: "1.32"'),
      subject: "pools.h200",
      verdict: "violated",
    },
    boundary: {
      text: ultra
        .replace('kubernetes: "1.34"', 'kubernetes: "1.33"')
        .replace("count: 18\n        from", "count: 27\n        from"),
      subject: "pools.h200",
      verdict: "proved",
    },
    "past the boundary": {
      text: ultra.replace("count: 18\n        from", "count: 19\n        from"),
      subject: "pools.h200",
      verdict: "violated",
    },
    empty: { text: ohio, subject: "site", verdict: "not-applicable" },
  },
  "aws/dra-provisioner": {
    pass: { text: ohio, registered: adding(claiming), subject: CLAIMING, verdict: "proved" },
    fail: {
      text: ohio,
      registered: adding(claiming),
      resources: changing("cluster-eks", (inputs) => ({ ...inputs, computeConfig: { enabled: true } })),
      subject: CLAIMING,
      verdict: "violated",
    },
    boundary: {
      text: ohio,
      registered: adding(claiming),
      resources: nodesOf({ minSize: 1, maxSize: 8 }),
      subject: CLAIMING,
      verdict: "proved",
    },
    "past the boundary": {
      text: ohio,
      registered: adding(claiming),
      resources: nodesOf({ minSize: 0, maxSize: 8 }),
      subject: CLAIMING,
      verdict: "violated",
    },
    unknown: {
      text: ohio,
      registered: adding(claiming),
      resources: nodesOf({ minSize: UNKNOWN }),
      subject: CLAIMING,
      verdict: "unproved",
    },
    nothing: {
      text: ohio,
      registered: adding(claiming, {
        urn: "karpenter",
        object: { apiVersion: "karpenter.sh/v1", kind: "NodePool", metadata: { name: "any" } },
      }),
      subject: CLAIMING,
      verdict: "unproved",
    },
    empty: { text: ohio, subject: "site", verdict: "not-applicable" },
  },
  "aws/kv-backend": {
    pass: {
      text: ohio,
      registered: transferring(["--kv-transfer-config", nixl(["LIBFABRIC"])]),
      subject: CLAIMING,
      verdict: "proved",
    },
    fail: {
      text: ohio,
      registered: transferring([`--kv-transfer-config=${nixl(["UCX"])}`]),
      subject: CLAIMING,
      verdict: "violated",
    },
    boundary: {
      text: ohio,
      registered: transferring([`--kv-transfer-config=${nixl(["LIBFABRIC"])}`]),
      subject: CLAIMING,
      verdict: "proved",
    },
    "past the boundary": {
      text: ohio,
      registered: transferring(["--kv-transfer-config", nixl(["LIBFABRIC", "UCX"])]),
      subject: CLAIMING,
      verdict: "violated",
    },
    unknown: {
      text: ohio,
      registered: transferring(["--kv-transfer-config", UNKNOWN]),
      subject: CLAIMING,
      verdict: "unproved",
    },
    nothing: {
      text: ohio,
      registered: transferring(["--kv-transfer-config", '{"kv_connector":"NixlConnector"}']),
      subject: CLAIMING,
      verdict: "violated",
    },
    empty: { text: ohio, subject: "site", verdict: "not-applicable" },
  },
  "aws/account-quota": {
    pass: { text: ohio, subject: "quotas.on-demand-P", verdict: "proved" },
    fail: { text: block("value: 1920", "value: 960"), subject: "quotas.on-demand-P", verdict: "violated" },
    boundary: { text: block("value: 1920", "value: 1536"), subject: "quotas.on-demand-P", verdict: "proved" },
    "past the boundary": {
      text: block("value: 1920", "value: 1535"),
      subject: "quotas.on-demand-P",
      verdict: "violated",
    },
    unknown: { text: block("value: 1920", "value: unknown"), subject: "quotas.on-demand-P", verdict: "unproved" },
    nothing: { text: ohio, today: "2026-11-19", subject: "quotas.on-demand-P", verdict: "unproved" },
    empty: { text: retired, subject: "site", verdict: "not-applicable" },
  },
  "aws/cluster-hardened": {
    pass: { text: onDemand, subject: "clusters.lab-cluster-eks", verdict: "proved" },
    fail: {
      text: ohio,
      resources: changing("cluster-eks", (inputs) => ({ ...inputs, enabledClusterLogTypes: ["audit"] })),
      subject: "clusters.lab-cluster-eks",
      verdict: "violated",
    },
    unknown: {
      text: ohio,
      resources: changing("cluster-eks", (inputs) => ({ ...inputs, vpcConfig: UNKNOWN })),
      subject: "clusters.lab-cluster-eks",
      verdict: "unproved",
    },
    nothing: { text: ohio, resources: without("cluster-eks"), subject: "clusters", verdict: "unproved" },
    empty: { subject: "site", verdict: "not-applicable" },
  },
} as const;
