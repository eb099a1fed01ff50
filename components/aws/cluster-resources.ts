import { clusterId, clusterName, keyName, nodeRoleName, subnetName } from "./names.ts";
import { doorNames } from "./network-resources.ts";
import { type AwsResource, outputOf, policyText, serviceRole, tagsOf } from "./resource.ts";
import type { AwsTarget } from "./schema.ts";

const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/**
 * The EKS cluster as the CIS benchmark wants it: private endpoint alone, secrets under a key of the site's own, all logs
 * kept, access by entries alone.
 */
export const clusterResources = (site: string, target: AwsTarget): readonly AwsResource[] => [
  ...keyResources(site, target),
  {
    name: `${site}-cluster-logs`,
    type: "aws:cloudwatch/logGroup:LogGroup",
    inputs: {
      name: logGroup(site),
      retentionInDays: target.logDays,
      kmsKeyId: outputOf(keyName(site), "arn"),
      tags: tagsOf(site, `${site}-cluster-logs`),
    },
  },
  ...serviceRole(site, `${site}-cluster-control`, "eks.amazonaws.com", ["AmazonEKSClusterPolicy"]),
  eks(site, target),
  ...target.admins.flatMap((role) => adminAccess(site, role)),
  ...nodeAccess(site),
  ...NODE_ADDONS.map((id) => addon(site, id)),
  ...systemNodes(site, target),
  { ...addon(site, "coredns"), after: [`${site}-cluster-system`] },
];

const logGroup = (site: string): string => `/aws/eks/${clusterId(site)}/cluster`;

/** One key for secrets and logs: administered by the account, used by the log service for this cluster's logs alone. */
function keyResources(site: string, { account, region }: AwsTarget): readonly AwsResource[] {
  const name = keyName(site);
  const logs = `arn:aws:logs:${region}:${account}:log-group:${logGroup(site)}`;
  const policy = policyText(
    {
      Sid: "Account",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: "kms:*",
      Resource: "*",
    },
    {
      Sid: "Logs",
      Effect: "Allow",
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      Resource: "*",
      Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logs } },
    },
  );
  return [
    {
      name,
      type: "aws:kms/key:Key",
      inputs: {
        description: `Secrets and logs of cluster ${clusterId(site)}`,
        enableKeyRotation: true,
        policy,
        tags: tagsOf(site, name),
      },
    },
    {
      name: `${name}-alias`,
      type: "aws:kms/alias:Alias",
      inputs: { name: `alias/${clusterId(site)}-cluster`, targetKeyId: outputOf(name, "keyId") },
    },
  ];
}

const eks = (site: string, target: AwsTarget): AwsResource => ({
  name: clusterName(site),
  type: "aws:eks/cluster:Cluster",
  inputs: {
    name: clusterId(site),
    version: target.kubernetes,
    roleArn: outputOf(`${site}-cluster-control`, "arn"),
    vpcConfig: {
      subnetIds: target.zones.map((zone) => outputOf(subnetName(site, zone), "id")),
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
    },
    encryptionConfig: { resources: ["secrets"], provider: { keyArn: outputOf(keyName(site), "arn") } },
    enabledClusterLogTypes: LOG_TYPES,
    accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
    bootstrapSelfManagedAddons: false,
    upgradePolicy: { supportType: "STANDARD" },
    tags: tagsOf(site, clusterName(site)),
  },
  // The log group is made first: EKS would make one that keeps its logs for ever, without the key.
  after: [`${site}-cluster-logs`, `${site}-cluster-control-AmazonEKSClusterPolicy`],
});

function adminAccess(site: string, role: string): readonly AwsResource[] {
  const name = `${site}-cluster-admin-${role.replace(/^.*:role\//, "").replaceAll("/", ".")}`;
  const whom = { clusterName: outputOf(clusterName(site), "name"), principalArn: role };
  return [
    { name, type: "aws:eks/accessEntry:AccessEntry", inputs: { ...whom, type: "STANDARD", tags: tagsOf(site, name) } },
    {
      name: `${name}-policy`,
      type: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
      inputs: {
        ...whom,
        policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
        accessScope: { type: "cluster" },
      },
      after: [name],
    },
  ];
}

const NODE_POLICIES = ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"];

/** Nodes may join and pull images, no more; addresses are handed out by the network plugin under a role of its own. */
const nodeAccess = (site: string): readonly AwsResource[] => [
  ...serviceRole(site, nodeRoleName(site), "ec2.amazonaws.com", NODE_POLICIES),
  ...serviceRole(
    site,
    `${site}-cluster-cni`,
    "pods.eks.amazonaws.com",
    ["AmazonEKS_CNI_Policy"],
    ["sts:AssumeRole", "sts:TagSession"],
  ),
];

/** Nodes without GPUs, for what the cluster itself runs: GPU nodes take nothing that does not ask for GPUs. */
function systemNodes(site: string, { zones, systemNodes: { type, count } }: AwsTarget): readonly AwsResource[] {
  const name = `${site}-cluster-system`;
  return [
    {
      name: `${name}-template`,
      type: "aws:ec2/launchTemplate:LaunchTemplate",
      inputs: {
        name: `${name}-template`,
        instanceType: type,
        ...NODE_BASE,
        updateDefaultVersion: true,
        tags: tagsOf(site, `${name}-template`),
      },
    },
    {
      name,
      type: "aws:eks/nodeGroup:NodeGroup",
      inputs: {
        clusterName: outputOf(clusterName(site), "name"),
        nodeGroupName: "system",
        nodeRoleArn: outputOf(nodeRoleName(site), "arn"),
        subnetIds: zones.map((zone) => outputOf(subnetName(site, zone), "id")),
        amiType: "AL2023_x86_64_STANDARD",
        capacityType: "ON_DEMAND",
        scalingConfig: { minSize: count, desiredSize: count, maxSize: count + 1 },
        launchTemplate: {
          id: outputOf(`${name}-template`, "id"),
          version: outputOf(`${name}-template`, "latestVersion"),
        },
        updateConfig: { maxUnavailable: 1 },
        nodeRepairConfig: { enabled: true },
        tags: tagsOf(site, name),
      },
      after: nodeNeeds(site),
    },
  ];
}

/** What every node has: metadata by token and for the host alone, an encrypted disk. */
export const NODE_BASE = {
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
  blockDeviceMappings: [
    {
      deviceName: "/dev/xvda",
      ebs: { volumeType: "gp3", volumeSize: 200, encrypted: "true", deleteOnTermination: "true" },
    },
  ],
};

/** A node is ready once it may join and has an address: without these a node group waits for ever. */
export const nodeNeeds = (site: string): readonly string[] => [
  ...NODE_POLICIES.map((policy) => `${nodeRoleName(site)}-${policy}`),
  ...NODE_ADDONS.map((id) => `${site}-cluster-${id}`),
  ...doorNames(site),
];

/** Parts of EKS that run on each node. */
const NODE_ADDONS = ["eks-pod-identity-agent", "vpc-cni", "kube-proxy"];

function addon(site: string, id: string): AwsResource {
  const cni = { serviceAccount: "aws-node", roleArn: outputOf(`${site}-cluster-cni`, "arn") };
  return {
    name: `${site}-cluster-${id}`,
    type: "aws:eks/addon:Addon",
    inputs: {
      clusterName: outputOf(clusterName(site), "name"),
      addonName: id,
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "PRESERVE",
      ...(id === "vpc-cni" ? { podIdentityAssociations: [cni] } : {}),
      tags: tagsOf(site, `${site}-cluster-${id}`),
    },
  };
}
