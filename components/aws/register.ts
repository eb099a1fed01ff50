import { Schedule } from "@pulumi/aws/autoscaling/schedule.js";
import { Budget } from "@pulumi/aws/budgets/budget.js";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { CapacityReservation } from "@pulumi/aws/ec2/capacityReservation.js";
import { DefaultSecurityGroup } from "@pulumi/aws/ec2/defaultSecurityGroup.js";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate.js";
import { PlacementGroup } from "@pulumi/aws/ec2/placementGroup.js";
import { RouteTable } from "@pulumi/aws/ec2/routeTable.js";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation.js";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Subnet } from "@pulumi/aws/ec2/subnet.js";
import { Vpc } from "@pulumi/aws/ec2/vpc.js";
import { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint.js";
import { AccessEntry } from "@pulumi/aws/eks/accessEntry.js";
import { AccessPolicyAssociation } from "@pulumi/aws/eks/accessPolicyAssociation.js";
import { Addon } from "@pulumi/aws/eks/addon.js";
import { Cluster } from "@pulumi/aws/eks/cluster.js";
import { NodeGroup } from "@pulumi/aws/eks/nodeGroup.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import { Alias } from "@pulumi/aws/kms/alias.js";
import { Key } from "@pulumi/aws/kms/key.js";
import { Provider } from "@pulumi/aws/provider.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../register.ts";
import { clusterName } from "./names.ts";
import { isOutput, type Output } from "./resource.ts";
import type { AwsTarget } from "./schema.ts";

type ResourceClass = new (name: string, args: never, options: pulumi.CustomResourceOptions) => pulumi.CustomResource;

/** Each by its own file: the index of the package takes half a second. */
const CLASSES: ReadonlyMap<string, ResourceClass> = new Map<string, ResourceClass>([
  ["aws:autoscaling/schedule:Schedule", Schedule],
  ["aws:budgets/budget:Budget", Budget],
  ["aws:cloudwatch/logGroup:LogGroup", LogGroup],
  ["aws:ec2/capacityReservation:CapacityReservation", CapacityReservation],
  ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", DefaultSecurityGroup],
  ["aws:ec2/launchTemplate:LaunchTemplate", LaunchTemplate],
  ["aws:ec2/placementGroup:PlacementGroup", PlacementGroup],
  ["aws:ec2/routeTable:RouteTable", RouteTable],
  ["aws:ec2/routeTableAssociation:RouteTableAssociation", RouteTableAssociation],
  ["aws:ec2/securityGroup:SecurityGroup", SecurityGroup],
  ["aws:ec2/subnet:Subnet", Subnet],
  ["aws:ec2/vpc:Vpc", Vpc],
  ["aws:ec2/vpcEndpoint:VpcEndpoint", VpcEndpoint],
  ["aws:eks/accessEntry:AccessEntry", AccessEntry],
  ["aws:eks/accessPolicyAssociation:AccessPolicyAssociation", AccessPolicyAssociation],
  ["aws:eks/addon:Addon", Addon],
  ["aws:eks/cluster:Cluster", Cluster],
  ["aws:eks/nodeGroup:NodeGroup", NodeGroup],
  ["aws:iam/role:Role", Role],
  ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", RolePolicyAttachment],
  ["aws:kms/alias:Alias", Alias],
  ["aws:kms/key:Key", Key],
]);

/** AWS through a provider that works in the blueprint's region and account, and in no other. */
export function awsCloud(site: string, target: AwsTarget): Cloud {
  const provider = new Provider(`${site}-cloud`, {
    region: target.region as never,
    allowedAccountIds: [target.account],
  });
  const built = new Map<string, pulumi.CustomResource>();
  const find = (name: string): pulumi.CustomResource => {
    const resource = built.get(name);
    if (resource === undefined) throw new Error(`${name} is named before it is registered`);
    return resource;
  };
  return {
    register: (resource, parent) => {
      const Class = CLASSES.get(resource.type);
      if (Class === undefined) throw new Error(`no class for ${resource.type}`);
      const options: pulumi.CustomResourceOptions = {
        parent,
        provider,
        dependsOn: (resource.after ?? []).map(find),
        ...(resource.ignoreChanges === undefined ? {} : { ignoreChanges: [...resource.ignoreChanges] }),
      };
      built.set(resource.name, new Class(resource.name, resolved(resource.inputs, find) as never, options));
    },
    kubeconfig: () => kubeconfigOf(find(clusterName(site)) as Cluster, target.region),
  };
}

/** Inputs with the outputs of other resources where plan data names them. */
function resolved(value: unknown, find: (name: string) => pulumi.CustomResource): unknown {
  if (isOutput(value)) return outputValue(value, find(value.resource));
  if (Array.isArray(value)) return value.map((item) => resolved(item, find));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item, find)]));
}

/** Ids and versions are taken as text, whatever AWS counts them in; what a preview has not yet stays unknown. */
function outputValue(
  { output: [property = "", ...way] }: Output,
  resource: pulumi.CustomResource,
): pulumi.Output<string> {
  const found = (resource as unknown as Readonly<Record<string, pulumi.Output<unknown> | undefined>>)[property];
  if (found === undefined) throw new Error(`there is no output ${property}`);
  return found.apply((value) => {
    const inner = way.reduce<unknown>(
      (outer, key) => (outer as Readonly<Record<string, unknown>> | undefined)?.[key],
      value,
    );
    if (inner === undefined && pulumi.runtime.isDryRun()) return pulumi.unknown as string;
    if (inner === undefined) throw new pulumi.RunError(`AWS gave no ${[property, ...way].join(".")}`);
    return String(inner);
  });
}

/** By the caller's own AWS login; nothing secret stands in it. */
const kubeconfigOf = (cluster: Cluster, region: string): pulumi.Output<string> =>
  pulumi.all([cluster.name, cluster.endpoint, cluster.certificateAuthority.data]).apply(([name, server, authority]) =>
    JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      "current-context": name,
      clusters: [{ name, cluster: { server, "certificate-authority-data": authority } }],
      contexts: [{ name, context: { cluster: name, user: name } }],
      users: [
        {
          name,
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1beta1",
              command: "aws",
              args: ["eks", "get-token", "--cluster-name", name, "--region", region],
            },
          },
        },
      ],
    }),
  );
