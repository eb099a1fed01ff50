import { describe, expect, test } from "vitest";
import { restricted } from "../../policies/pod-security.ts";
import { UNKNOWN } from "../../policies/registered.ts";
import { workloadsOf } from "../../policies/workload.ts";

const pod = (gpus: unknown, more: object = {}) => ({
  spec: { containers: [{ name: "c", image: "a", resources: { limits: { "nvidia.com/gpu": gpus } } }], ...more },
});
const gpu = (count: unknown) => ({ "nvidia.com/gpu": count });
const resources = (given: unknown) => ({ spec: { containers: [{ name: "c", image: "a", resources: given }] } });
const gpusOf = (object: unknown) => workloadsOf([{ urn: "urn", object }]).map(({ gpus }) => gpus);

describe("GPUs that a registered object asks for", () => {
  test.each([
    ["a Pod", { kind: "Pod", ...pod("8") }, 8],
    ["a Deployment", { kind: "Deployment", spec: { replicas: 3, template: pod(8) } }, 24],
    ["one without replicas", { kind: "Deployment", spec: { template: pod("8") } }, 8],
    ["one scaled to none", { kind: "StatefulSet", spec: { replicas: 0, template: pod("8") } }, 0],
    ["a Job", { kind: "Job", spec: { parallelism: 4, template: pod("8") } }, 32],
    [
      "a CronJob, which may overlap",
      { kind: "CronJob", spec: { jobTemplate: { spec: { template: pod("8") } } } },
      null,
    ],
    ["a DaemonSet on as many nodes as there are", { kind: "DaemonSet", spec: { template: pod("1") } }, null],
    ["a DaemonSet without GPUs", { kind: "DaemonSet", spec: { template: pod("0") } }, 0],
    [
      "a LeaderWorkerSet",
      { kind: "LeaderWorkerSet", spec: { replicas: 2, leaderWorkerTemplate: { size: 4, workerTemplate: pod("4") } } },
      32,
    ],
    [
      "one whose leader has none",
      {
        kind: "LeaderWorkerSet",
        spec: { replicas: 2, leaderWorkerTemplate: { size: 4, leaderTemplate: pod("0"), workerTemplate: pod("4") } },
      },
      24,
    ],
    [
      "a DisaggregatedSet",
      {
        kind: "DisaggregatedSet",
        spec: {
          slices: 2,
          roles: [{ spec: { replicas: 3, leaderWorkerTemplate: { size: 1, workerTemplate: pod("8") } } }],
        },
      },
      48,
    ],
    [
      "a JobSet",
      {
        kind: "JobSet",
        spec: { replicatedJobs: [{ replicas: 2, template: { spec: { parallelism: 3, template: pod("8") } } }] },
      },
      48,
    ],
    ["a list", { kind: "List", items: [{ kind: "Pod", ...pod("8") }] }, 8],
    ["a kind that nobody knows", { kind: "Strange", spec: { deep: [pod("8")] } }, null],
    ["a Helm release", { kind: "Release", spec: UNKNOWN }, null],
    [
      "an init container that asks more",
      {
        kind: "Pod",
        ...pod("2", {
          initContainers: [{ name: "i", image: "a", resources: { requests: { "nvidia.com/gpu": "4" } } }],
        }),
      },
      4,
    ],
    ["a resource claim", { kind: "Pod", ...pod("0", { resourceClaims: [{ name: "gpu" }] }) }, null],
    ["half a GPU", { kind: "Pod", ...pod("0.5") }, null],
    ["less than none", { kind: "Pod", ...pod(-8) }, null],
    ["replicas not known yet", { kind: "Deployment", spec: { replicas: UNKNOWN, template: pod("8") } }, null],
    [
      "a sidecar beside its containers",
      {
        kind: "Pod",
        ...pod("2", {
          initContainers: [
            { name: "s", image: "a", restartPolicy: "Always", resources: { limits: { "nvidia.com/gpu": 1 } } },
            { name: "i", image: "a", resources: { limits: { "nvidia.com/gpu": 3 } } },
          ],
        }),
      },
      4,
    ],
    [
      "limits where requests leave GPUs out",
      { kind: "Pod", ...resources({ requests: { cpu: 1 }, limits: gpu(8) }) },
      8,
    ],
    ["slices of GPUs", { kind: "Pod", ...resources({ limits: { "nvidia.com/mig-1g.10gb": 1 } }) }, null],
    ["no slices", { kind: "Pod", ...resources({ limits: { "nvidia.com/mig-1g.10gb": 0 } }) }, 0],
    ["resources not known yet", { kind: "Pod", ...resources(UNKNOWN) }, null],
    ["a Pod without a kind, in a typed list", { kind: "PodList", items: [pod("8")] }, 8],
    ["a list of which nobody knows the items", { kind: "PodList", apiVersion: "v1", items: UNKNOWN }, null],
    [
      "an operator's own request",
      { apiVersion: "nvidia.com/v1", kind: "Graph", spec: { a: { limits: { gpu: "8" } } } },
      null,
    ],
    [
      "a foreign spec not known yet",
      { apiVersion: "ray.io/v1", kind: "RayCluster", spec: { group: { template: UNKNOWN } } },
      null,
    ],
    ["a foreign kind whose pods ask for none", { apiVersion: "ray.io/v1", kind: "RayJob", spec: { pod: pod("0") } }, 0],
    ["a template not known yet", { kind: "Deployment", spec: { replicas: 2, template: UNKNOWN } }, null],
    ["a spec not known yet", { kind: "Deployment", spec: UNKNOWN }, null],
  ])("%s", (_, object, gpus) => {
    expect(gpusOf(object)).toEqual([gpus]);
  });

  test("objects that run nothing are no workloads", () => {
    expect(gpusOf({ kind: "Service", spec: { ports: [] } })).toEqual([]);
    expect(gpusOf({ kind: "CustomResourceDefinition", spec: { schema: pod("8") } })).toEqual([]);
    expect(gpusOf({ kind: "NodePool", spec: { limits: gpu(64) } })).toEqual([]);
    expect(gpusOf({ apiVersion: "v1", kind: "Service", spec: UNKNOWN })).toEqual([]);
    expect(gpusOf({ apiVersion: "cert-manager.io/v1", kind: "Certificate", spec: { dnsNames: UNKNOWN } })).toEqual([]);
    expect(
      gpusOf({ apiVersion: "ray.io/v1", kind: "RayCluster", metadata: { name: UNKNOWN }, status: UNKNOWN }),
    ).toEqual([]);
  });
});

describe("where a workload lands", () => {
  const labelled = (queue: unknown, pool: unknown, gpus = "8") => ({
    metadata: { labels: { "kueue.x-k8s.io/queue-name": queue } },
    spec: { ...pod(gpus).spec, nodeSelector: { "millrace.dev/pool": pool } },
  });
  const group = (leader: object, worker: object, labels = {}) => ({
    kind: "LeaderWorkerSet",
    metadata: { name: "g", labels },
    spec: { replicas: 1, leaderWorkerTemplate: { size: 2, leaderTemplate: leader, workerTemplate: worker } },
  });
  test.each([
    ["as its pods say", group(labelled("q", "p"), labelled("q", "p")), "q", "p"],
    [
      "by its own label first",
      group(labelled("q", "p"), labelled("q", "p"), { "kueue.x-k8s.io/queue-name": "own" }),
      "own",
      "p",
    ],
    [
      "its own label not known yet",
      group(labelled("q", "p"), labelled("q", "p"), { "kueue.x-k8s.io/queue-name": UNKNOWN }),
      UNKNOWN,
      "p",
    ],
    ["a part without a queue", group(labelled("q", "p"), pod("8")), null, null],
    ["parts that differ", group(labelled("q", "p"), labelled("r", "o")), UNKNOWN, UNKNOWN],
    ["a part without GPUs does not count", group(pod("0"), labelled("q", "p")), "q", "p"],
    ["labels not known yet", { kind: "Pod", metadata: { labels: UNKNOWN }, ...pod("8") }, UNKNOWN, null],
  ])("%s", (_, object, queue, pool) => {
    expect(workloadsOf([{ urn: "urn", object }])).toMatchObject([{ queue, pool }]);
  });

  test("it is named by namespace, kind and name", () => {
    const named = (metadata: unknown) =>
      workloadsOf([{ urn: "urn:a::b", object: { kind: "Pod", metadata, ...pod("1") } }])[0]?.id;
    expect(named({ name: "chat", namespace: "team" })).toBe("workloads.team.Pod.chat");
    expect(named({ name: "chat" })).toBe("workloads.default.Pod.chat");
    expect(named({ name: UNKNOWN, namespace: UNKNOWN })).toBe("workloads.unknown.Pod.b");
    const annotations = { "pulumi.com/autonamed": "true" };
    expect(named({ name: "chat-1f2e3d4c", annotations })).toBe("workloads.default.Pod.b");
  });
});

describe("Pod Security, restricted", () => {
  const good = {
    spec: {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        { name: "c", securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } } },
      ],
    },
  };
  const container = (securityContext: object, more: object = {}) => ({
    spec: {
      ...good.spec,
      containers: [
        {
          name: "c",
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, ...securityContext },
          ...more,
        },
      ],
    },
  });
  const broken = (template: unknown) =>
    restricted(template)
      .filter(({ holds }) => holds !== true)
      .map(({ name, holds }) => `${name}: ${holds}`);

  test.each([
    ["a good pod", good, []],
    ["host network", { spec: { ...good.spec, hostNetwork: true } }, ["no host namespaces: false"]],
    ["privileged", container({ privileged: true }), ["not privileged: false"]],
    ["escalation left open", container({ allowPrivilegeEscalation: undefined }), ["no privilege escalation: false"]],
    ["capabilities kept", container({ capabilities: {} }), ["all capabilities dropped: false"]],
    [
      "one added",
      container({ capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } }),
      ["all capabilities dropped: false"],
    ],
    ["the one allowed", container({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } }), []],
    ["root by user id", container({ runAsUser: 0 }), ["user is not root: false"]],
    ["a container that undoes non-root", container({ runAsNonRoot: false }), ["runs as non-root: false"]],
    ["unconfined seccomp", container({ seccompProfile: { type: "Unconfined" } }), ["seccomp profile set: false"]],
    [
      "host path",
      { spec: { ...good.spec, volumes: [{ name: "v", hostPath: { path: "/" } }] } },
      ["volumes of safe types: false"],
    ],
    ["host port", container({}, { ports: [{ containerPort: 1, hostPort: 1 }] }), ["no host ports: false"]],
    ["unmasked proc", container({ procMount: "Unmasked" }), ["default proc mount: false"]],
    [
      "a sysctl",
      {
        spec: { ...good.spec, securityContext: { ...good.spec.securityContext, sysctls: [{ name: "kernel.msgmax" }] } },
      },
      ["safe sysctls: false"],
    ],
    [
      "an init container counts as well",
      { spec: { ...good.spec, initContainers: [{ name: "i" }] } },
      ["no privilege escalation: false", "all capabilities dropped: false"],
    ],
    ["what is not known proves nothing", { spec: { ...good.spec, hostPID: UNKNOWN } }, ["no host namespaces: null"]],
    [
      "a Windows host process in a container",
      container({ windowsOptions: { hostProcess: true } }),
      ["no Windows host process: false"],
    ],
    [
      "AppArmor undone for the pod",
      {
        spec: {
          ...good.spec,
          securityContext: { ...good.spec.securityContext, appArmorProfile: { type: "Unconfined" } },
        },
      },
      ["no unconfined AppArmor: false"],
    ],
    [
      "AppArmor undone by annotation",
      { ...good, metadata: { annotations: { "container.apparmor.security.beta.kubernetes.io/c": "unconfined" } } },
      ["no unconfined AppArmor: false"],
    ],
    [
      "a probe of another host",
      container({}, { livenessProbe: { httpGet: { host: "10.0.0.1", port: 80 } } }),
      ["no host in probes and hooks: false"],
    ],
    ["a volume that is nothing", { spec: { ...good.spec, volumes: [null] } }, []],
    ["a pod without containers", { spec: {} }, ["the pod is known: null"]],
    ["a pod not known", { spec: UNKNOWN }, ["the pod is known: null"]],
  ])("%s", (_, template, expected) => {
    expect(broken(template)).toEqual(expected);
  });
});
