import { describe, expect, test } from "vitest";
import { objectsOf } from "../../components/objects.ts";
import { labWith, opening, siteText } from "../support/sites.ts";

/** Whatever JSON holds. */
type Json = ReturnType<typeof JSON.parse>;

const objectsIn = (text: string, site = "lab"): Json[] => {
  const { plan, catalog } = opening(text, site);
  return objectsOf(plan, catalog).map(({ object }) => object);
};
const policiesIn = (text: string, site = "lab") =>
  objectsIn(text, site).filter(({ kind }: Json) => kind === "NicClusterPolicy");
const dgx = (...more: [string, string][]) => labWith(["system: gb300-nvl72", "system: dgx-h100"], ...more);

describe("the policy of the NICs", () => {
  test.each([
    ["gb300-nvl72", "1023"],
    ["gb200-nvl72", "1021"],
    ["dgx-h100", "1021"],
    ["dgx-b300", "1023"],
  ])("of %s drives the NICs of the compute fabric, by their PCI id", (system, device) => {
    const [policy, ...more] = policiesIn(labWith(["system: gb300-nvl72", `system: ${system}`]));
    expect(more).toEqual([]);
    expect(policy.metadata.name).toBe("nic-cluster-policy");
    expect(JSON.parse(policy.spec.rdmaSharedDevicePlugin.config)).toEqual({
      configList: [{ resourceName: "compute", rdmaHcaMax: 63, selectors: { vendors: ["15b3"], deviceIDs: [device] } }],
    });
    const [term] = policy.spec.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
    expect(term.matchExpressions).toEqual([{ key: "millrace.dev/pool", operator: "Exists" }]);
  });

  test("is not there where the NICs are not known, nor on AWS", () => {
    expect(policiesIn(labWith(["system: gb300-nvl72", "system: vera-rubin-nvl72"]))).toEqual([]);
    expect(policiesIn(siteText("aws-ohio"), "aws-ohio")).toEqual([]);
  });
});

test("a copy over nodes that no NVLink joins takes an RDMA device on each, and Kueue leaves it out of its count", () => {
  const limitsOf = (text: string) =>
    objectsIn(text)
      .filter(({ kind }) => kind === "LeaderWorkerSet")
      .map(({ spec }) => spec.leaderWorkerTemplate.workerTemplate.spec.containers[0].resources.limits);
  expect(limitsOf(dgx())).toEqual([expect.objectContaining({ "nvidia.com/gpu": "4", "rdma/compute": "1" })]);
  expect(limitsOf(siteText("lab"))[0]).not.toHaveProperty("rdma/compute");
  const configuration = objectsIn(dgx()).find(({ metadata }) => metadata.name === "kueue-manager-config");
  expect(configuration.data["controller_manager_config.yaml"]).toContain("\n    - rdma\n");
});
