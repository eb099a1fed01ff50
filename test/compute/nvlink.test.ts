import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { objectsOf } from "../../components/objects.ts";
import { labWith, ohioWith, opening, siteText } from "../support/sites.ts";

/** Whatever JSON holds. */
type Json = ReturnType<typeof JSON.parse>;

const objectsIn = (text: string, site = "lab"): Json[] => {
  const { plan, catalog } = opening(text, site);
  return objectsOf(plan, catalog).map(({ object }) => object);
};
const ofKind = (objects: Json[], kind: string) => objects.filter((object) => object.kind === kind);

describe("NVLink across nodes", () => {
  const lab = objectsIn(siteText("lab"));

  test("a gang has a ComputeDomain, and each of its pods claims a channel of it", () => {
    const [domain, ...others] = ofKind(lab, "ComputeDomain");
    expect(others).toEqual([]);
    expect(domain.metadata).toMatchObject({ name: "deepseek-r1", namespace: "tenant-research" });
    const { name } = domain.spec.channel.resourceClaimTemplate;
    const [set] = ofKind(lab, "LeaderWorkerSet");
    const { leaderTemplate, workerTemplate } = set.spec.leaderWorkerTemplate;
    for (const { metadata, spec } of [leaderTemplate, workerTemplate]) {
      expect(spec.resourceClaims).toEqual([{ name: "nvlink-channel", resourceClaimTemplateName: name }]);
      expect(spec.containers[0].resources.claims).toEqual([{ name: "nvlink-channel" }]);
      expect(metadata.annotations["kueue.x-k8s.io/podset-required-topology"]).toBe("nvidia.com/gpu.clique");
    }
    expect(ofKind(lab, "Deployment")[0].spec.template.spec).not.toHaveProperty("resourceClaims");
  });

  test("the hall ends in the NVLink domain and the host; the flavor stands in it", () => {
    expect(
      ofKind(lab, "Topology").map(({ metadata, spec }) => [
        metadata.name,
        spec.levels.map(({ nodeLabel }: Json) => nodeLabel),
      ]),
    ).toEqual([
      [
        "hall-nvlink",
        [
          "topology.millrace.dev/building",
          "topology.millrace.dev/hall",
          "topology.millrace.dev/pod",
          "topology.millrace.dev/rack",
          "nvidia.com/gpu.clique",
          "kubernetes.io/hostname",
        ],
      ],
    ]);
    expect(ofKind(lab, "ResourceFlavor").map(({ spec }) => spec.topologyName)).toEqual(["hall-nvlink", undefined]);
  });

  test("the queue counts channels, one a node, and the controller knows their class", () => {
    const [queue] = ofKind(lab, "ClusterQueue");
    expect(queue.spec.resourceGroups[0]).toEqual({
      coveredResources: ["nvidia.com/gpu", "millrace.dev/nvlink-channels"],
      flavors: [
        {
          name: "pool-gb300",
          resources: [
            { name: "nvidia.com/gpu", nominalQuota: "512" },
            { name: "millrace.dev/nvlink-channels", nominalQuota: "128" },
          ],
        },
      ],
    });
    const configuration = lab.find(({ metadata }) => metadata.name === "kueue-manager-config");
    expect(parse(configuration.data["controller_manager_config.yaml"]).resources.deviceClassMappings).toEqual([
      { name: "millrace.dev/nvlink-channels", deviceClassNames: ["compute-domain-default-channel.nvidia.com"] },
    ]);
  });

  test("where NVLink ends at the node, there is nothing of it", () => {
    const dgx = objectsIn(labWith(["system: gb300-nvl72", "system: dgx-h100"]));
    expect(ofKind(dgx, "ComputeDomain")).toEqual([]);
    expect(ofKind(dgx, "Topology").map(({ metadata }) => metadata.name)).toEqual(["hall"]);
    expect(ofKind(dgx, "ClusterQueue")[0].spec.resourceGroups[0].coveredResources).toEqual(["nvidia.com/gpu"]);
    expect(JSON.stringify(dgx)).not.toContain("deviceClassMappings");
  });

  test("an UltraServer is one NVLink domain as well", () => {
    const ultra = objectsIn(
      ohioWith(
        ["type: p5en.48xlarge\n      count: 16", "type: p6e-gb200.36xlarge\n      count: 18"],
        ["count: 16\n        from", "count: 18\n        from"],
        ["nodesPerReplica: 1\n      gpusPerNode: 8", "nodesPerReplica: 2\n      gpusPerNode: 4"],
      ),
      "aws-ohio",
    );
    expect(ofKind(ultra, "ComputeDomain").map(({ metadata }) => metadata.name)).toEqual(["deepseek-r1"]);
    expect(ofKind(ultra, "Topology").map(({ metadata, spec }) => [metadata.name, spec.levels.length])).toEqual([
      ["hall", 2],
      ["hall-nvlink", 3],
    ]);
  });
});
