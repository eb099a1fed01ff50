import type { Input } from "../../finding.ts";
import { inputsMessage } from "../../message.ts";
import { type Read, type RegisteredResource, read, readList, UNKNOWN } from "../../registered.ts";
import { condition, type Rule, type Subject } from "../../rule.ts";

const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** Every EKS cluster that is registered, ours or not, is closed, encrypted, logged, and entered by access entries alone. */
export const clusterHardened: Rule = {
  id: "aws/cluster-hardened",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: null,
  claim:
    "an EKS cluster has a private endpoint alone, secrets under a key, all logs, and access by entries; its nodes ask for metadata tokens and encrypt their disks",
  why: "an API that the internet reaches, or a pod that takes the node's credentials, is the whole cluster lost",
  formula:
    "endpointPrivateAccess ∧ ¬endpointPublicAccess ∧ secrets encrypted ∧ five log types ∧ authentication mode API ∧ creator is no admin; each launch template: IMDSv2, hop limit 1, every disk encrypted",
  source:
    "CIS Amazon EKS Benchmark: 2.1 audit logs, 5.3 secrets, 5.4 private endpoint; EKS best practices: IMDSv2 with hop limit 1",
  inputs: "registered EKS clusters and launch templates",
  pass: "all of it holds",
  fail: "one of it does not",
  unproved: "no cluster is registered on target aws, or a setting is not known before it is made",
  fix: "let the program write the cluster, or set what is named",
  manualCheck: "aws eks describe-cluster: resourcesVpcConfig, encryptionConfig, logging, accessConfig",
  notApplicable: "the target is not AWS, and no EKS cluster is registered",
  subjects: ({ plan, resources }) => {
    const clusters = resources.filter(({ type }) => type === "aws:eks/cluster:Cluster");
    const templates = resources.filter(({ type }) => type === "aws:ec2/launchTemplate:LaunchTemplate");
    return [
      ...(plan.target.kind === "aws" && clusters.length === 0 ? [missing()] : []),
      ...clusters.map((cluster) => subject("clusters", cluster, clusterConditions(cluster))),
      ...templates.map((template) => subject("templates", template, templateConditions(template))),
    ];
  },
};

const subject = (kind: string, { urn }: RegisteredResource, inputs: readonly Input[]): Subject => ({
  id: `${kind}.${nameOf(urn)}`,
  at: "target",
  state: null,
  claim: "all-of",
  unit: "",
  inputs,
  message: () => `${nameOf(urn)}: ${inputsMessage("hardened", inputs)}`,
});

const nameOf = (urn: string): string => urn.replace(/^.*:/, "");

const missing = (): Subject => ({
  id: "clusters",
  at: "target",
  state: null,
  claim: "all-of",
  unit: "",
  inputs: [condition("a cluster is registered", null, "target")],
  message: () => "the program registers no EKS cluster",
});

function clusterConditions({ urn, inputs }: RegisteredResource): readonly Input[] {
  const holds = (name: string, value: boolean | null) => condition(name, value, urn);
  const at = (...path: readonly string[]) => read(inputs, ...path);
  return [
    holds("the endpoint is private", is(at("vpcConfig", "endpointPrivateAccess"), true)),
    holds("no public endpoint", is(at("vpcConfig", "endpointPublicAccess"), false)),
    holds("secrets are encrypted under a key", secrets(inputs)),
    holds("all five logs are kept", logs(inputs)),
    holds("access by entries alone", is(at("accessConfig", "authenticationMode"), "API")),
    holds("who makes it is no admin", is(at("accessConfig", "bootstrapClusterCreatorAdminPermissions"), false)),
  ];
}

function templateConditions({ urn, inputs }: RegisteredResource): readonly Input[] {
  const disks = readList(inputs, "blockDeviceMappings");
  return [
    condition("metadata by token", is(read(inputs, "metadataOptions", "httpTokens"), "required"), urn),
    condition("metadata for the host alone", is(read(inputs, "metadataOptions", "httpPutResponseHopLimit"), 1), urn),
    condition("every disk is encrypted", encrypted(disks), urn),
  ];
}

const is = (found: Read, value: unknown): boolean | null => (found.known ? found.value === value : null);

/** The key itself is first known when it is made; EKS takes no encryption without one. */
function secrets(inputs: unknown): boolean | null {
  const resources = readList(inputs, "encryptionConfig", "resources");
  if (resources === UNKNOWN) return null;
  return resources.includes("secrets") ? true : resources.includes(UNKNOWN) ? null : false;
}

function logs(inputs: unknown): boolean | null {
  const types = readList(inputs, "enabledClusterLogTypes");
  if (types === UNKNOWN) return null;
  if (LOG_TYPES.every((type) => types.includes(type))) return true;
  return types.includes(UNKNOWN) ? null : false;
}

/** A template that names no disk leaves it to the image's default, which nobody has encrypted. */
function encrypted(disks: readonly unknown[] | typeof UNKNOWN): boolean | null {
  if (disks === UNKNOWN) return null;
  if (disks.length === 0) return false;
  const each = disks.map((disk) => {
    const found = read(disk, "ebs", "encrypted");
    return found.known ? found.value === "true" || found.value === true : null;
  });
  return each.includes(false) ? false : each.includes(null) ? null : true;
}
