import { describe, expect, test } from "vitest";
import { isOutput } from "../../components/aws/resource.ts";
import { resourcesOf } from "../../components/objects.ts";
import { opening, siteText } from "../support/sites.ts";
import { inputFaults, schemaOf } from "./sdk-schema.ts";

const { plan, catalog } = opening(siteText("aws-ohio"), "aws-ohio");
const resources = resourcesOf(plan, catalog);

test("every input is one that the SDK declares, of its kind, and none that it asks for is missing", () => {
  expect(resources.flatMap(({ type, inputs }) => inputFaults(type, inputs, isOutput))).toEqual([]);
});

test("what is named is registered before, and has the output", () => {
  const before = new Map<string, string>();
  const named = (value: unknown): readonly { readonly resource: string; readonly key: unknown }[] => {
    if (isOutput(value)) return [{ resource: value.resource, key: value.output[0] }];
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(named) : [];
  };
  for (const { name, type, inputs, after = [] } of resources) {
    for (const { resource, key } of named(inputs)) {
      const { inputs: given, computed } = schemaOf(before.get(resource) ?? `none of ${resource}`);
      expect(key === "id" || given.has(String(key)) || computed.has(String(key))).toBe(true);
    }
    expect(after.filter((each) => !before.has(each))).toEqual([]);
    before.set(name, type);
  }
  expect(before.size).toBe(resources.length);
});

describe("the check of inputs", () => {
  test.each([
    ["an unknown key", { cidr: "10.0.0.0/16" }, "aws:ec2/vpc:Vpc.cidr: no such input"],
    ["a wrong kind", { enableDnsSupport: "yes" }, "aws:ec2/vpc:Vpc.enableDnsSupport: not a boolean"],
    ["a list for a map", { tags: [] }, "aws:ec2/vpc:Vpc.tags: not a map"],
  ])("sees %s", (_, inputs, fault) => {
    expect(inputFaults("aws:ec2/vpc:Vpc", inputs, isOutput)).toEqual([fault]);
  });

  test("sees what is missing, and looks into blocks and lists", () => {
    expect(inputFaults("aws:eks/accessEntry:AccessEntry", { clusterName: "a" }, isOutput)).toEqual([
      "aws:eks/accessEntry:AccessEntry.principalArn: must be given",
    ]);
    expect(
      inputFaults(
        "aws:ec2/launchTemplate:LaunchTemplate",
        { networkInterfaces: [{ deviceIndex: "0", card: 1 }] },
        isOutput,
      ),
    ).toEqual([
      "aws:ec2/launchTemplate:LaunchTemplate.networkInterfaces[0].deviceIndex: not a number",
      "aws:ec2/launchTemplate:LaunchTemplate.networkInterfaces[0].card: no such input",
    ]);
  });

  test("knows no resource that the SDK has not", () => {
    expect(() => schemaOf("aws:ec2/vpc:Vpx")).toThrow("@pulumi/aws has no aws:ec2/vpc:Vpx");
  });
});
