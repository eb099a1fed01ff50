import { describe, expect, test } from "vitest";
import { channelTemplatesOf } from "../../policies/compute-domains.ts";
import { gangsOf } from "../../policies/nvlink-gangs.ts";
import { UNKNOWN } from "../../policies/registered.ts";
import { workloadsOf } from "../../policies/workload.ts";

const KUEUE = "kueue.x-k8s.io/";
const RACK = { [`${KUEUE}podset-required-topology`]: "topology.millrace.dev/rack" };
const CLIQUE = { [`${KUEUE}podset-required-topology`]: "nvidia.com/gpu.clique" };
const pod = (annotations: unknown, gpus = "4", spec: object = {}) => ({
  metadata: { annotations },
  spec: { ...spec, containers: [{ image: "a", resources: { limits: { "nvidia.com/gpu": gpus } } }] },
});
const set = (size: unknown, template: object, replicas = 3) => ({
  replicas,
  leaderWorkerTemplate: { size, workerTemplate: template },
});
const sizesOf = (object: object) =>
  workloadsOf([{ urn: "urn", object }])
    .flatMap(gangsOf)
    .map(({ pods }) => pods);

describe("gangs bound to an NVLink domain", () => {
  test.each<[string, object, (number | null)[]]>([
    ["each copy of a LeaderWorkerSet", { kind: "LeaderWorkerSet", spec: set(4, pod(CLIQUE)) }, [4]],
    ["by rack", { kind: "LeaderWorkerSet", spec: set(4, pod(RACK)) }, [4]],
    ["of one pod is none", { kind: "LeaderWorkerSet", spec: set(1, pod(CLIQUE)) }, []],
    ["scaled to none is none", { kind: "LeaderWorkerSet", spec: set(4, pod(CLIQUE), 0) }, []],
    ["of unknown size may be one", { kind: "LeaderWorkerSet", spec: set(UNKNOWN, pod(CLIQUE)) }, [null]],
    ["with unknown annotations may be one", { kind: "LeaderWorkerSet", spec: set(4, pod(UNKNOWN)) }, [4]],
    ["that may stand anywhere is none", { kind: "LeaderWorkerSet", spec: set(4, pod({})) }, []],
    [
      "within a hall is none",
      {
        kind: "LeaderWorkerSet",
        spec: set(4, pod({ [`${KUEUE}podset-required-topology`]: "topology.millrace.dev/hall" })),
      },
      [],
    ],
    ["without GPUs is none", { kind: "LeaderWorkerSet", spec: set(4, pod(CLIQUE, "0")) }, []],
    [
      "each role of a DisaggregatedSet",
      {
        kind: "DisaggregatedSet",
        spec: { slices: 2, roles: [{ spec: set(2, pod(CLIQUE)) }, { spec: set(8, pod(CLIQUE)) }] },
      },
      [2, 8],
    ],
    ["a Job", { kind: "Job", spec: { parallelism: 16, template: pod(CLIQUE) } }, [16]],
    [
      "a slice of a Job",
      {
        kind: "Job",
        spec: {
          parallelism: 64,
          template: pod({
            [`${KUEUE}podset-slice-required-topology`]: "nvidia.com/gpu.clique",
            [`${KUEUE}podset-slice-size`]: "16",
          }),
        },
      },
      [16],
    ],
    ["the pods of a Deployment stand alone", { kind: "Deployment", spec: { replicas: 9, template: pod(CLIQUE) } }, []],
  ])("%s", (_, object, sizes) => {
    expect(sizesOf(object)).toEqual(sizes);
  });
});

describe("channels of ComputeDomains", () => {
  const domain = (name: unknown) => ({
    urn: "domain",
    object: {
      apiVersion: "resource.nvidia.com/v1beta1",
      kind: "ComputeDomain",
      metadata: { namespace: "a" },
      spec: { channel: { resourceClaimTemplate: { name } } },
    },
  });
  const claiming = (namespace: string) => ({
    urn: "pod",
    object: {
      kind: "Pod",
      ...pod({}, "4", { resourceClaims: [{ name: "channel", resourceClaimTemplateName: "x" }] }),
      metadata: { namespace },
    },
  });
  const gpus = (...objects: { urn: string; object: object }[]) => workloadsOf(objects).map((workload) => workload.gpus);

  test("hold no GPU, in their namespace", () => {
    expect(gpus(domain("x"), claiming("a"))).toEqual([4]);
    expect(gpus(domain("x"), claiming("b"))).toEqual([null]);
    expect(gpus(domain("y"), claiming("a"))).toEqual([null]);
    expect(gpus(domain(UNKNOWN), claiming("a"))).toEqual([null]);
  });

  test("a template of that name that is registered too may claim anything", () => {
    const own = { urn: "own", object: { kind: "ResourceClaimTemplate", metadata: { namespace: "a", name: "x" } } };
    expect(gpus(domain("x"), own, claiming("a"))).toEqual([null]);
    expect([...channelTemplatesOf([domain("x"), own])]).toEqual([]);
  });
});
