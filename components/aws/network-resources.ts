import { sixteenths } from "./addresses.ts";
import { fabricGroupName, subnetName, vpcName } from "./names.ts";
import { type AwsResource, outputOf, tagsOf } from "./resource.ts";
import type { AwsTarget } from "./schema.ts";

/** Services that nodes and control plane reach without leaving the VPC: there is no way to the internet. */
const INTERFACES = ["ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "logs", "sts"];

/** What a node needs before it can pull an image and join. */
export const doorNames = (site: string): readonly string[] =>
  ["s3", ...INTERFACES].map((service) => `${site}-network-${service}`);

/** VPC, a private subnet in each zone, doors to the AWS services that the nodes need, and the fabric's own wall. */
export const networkResources = (site: string, target: AwsTarget): readonly AwsResource[] => [
  {
    name: vpcName(site),
    type: "aws:ec2/vpc:Vpc",
    inputs: {
      cidrBlock: target.network,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: tagsOf(site, vpcName(site)),
    },
  },
  // Without rules: what names no group of its own reaches nothing.
  {
    name: `${site}-network-default`,
    type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    inputs: { vpcId: vpcId(site), tags: tagsOf(site, `${site}-network-default`) },
  },
  ...subnets(site, target),
  ...doors(site, target),
  fabricGroup(site, target),
];

const vpcId = (site: string) => outputOf(vpcName(site), "id");

function subnets(site: string, { network, zones }: AwsTarget): readonly AwsResource[] {
  const parts = sixteenths(network);
  return zones.map((zone, index) => ({
    name: subnetName(site, zone),
    type: "aws:ec2/subnet:Subnet",
    inputs: {
      vpcId: vpcId(site),
      availabilityZone: zone,
      cidrBlock: parts[index],
      mapPublicIpOnLaunch: false,
      tags: tagsOf(site, subnetName(site, zone)),
    },
  }));
}

/** Endpoints of the services: an interface in each subnet, and S3, which holds the layers of images, by route. */
function doors(site: string, { region, zones, network }: AwsTarget): readonly AwsResource[] {
  const group = `${site}-network-services`;
  const routes = `${site}-network-routes`;
  return [
    {
      name: routes,
      type: "aws:ec2/routeTable:RouteTable",
      inputs: { vpcId: vpcId(site), tags: tagsOf(site, routes) },
    },
    ...zones.map((zone) => ({
      name: `${routes}-${zone}`,
      type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
      inputs: { routeTableId: outputOf(routes, "id"), subnetId: outputOf(subnetName(site, zone), "id") },
    })),
    {
      name: group,
      type: "aws:ec2/securityGroup:SecurityGroup",
      inputs: {
        vpcId: vpcId(site),
        name: group,
        description: "HTTPS from the VPC to the endpoints of AWS services",
        ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [network] }],
        tags: tagsOf(site, group),
      },
    },
    {
      name: `${site}-network-s3`,
      type: "aws:ec2/vpcEndpoint:VpcEndpoint",
      inputs: {
        vpcId: vpcId(site),
        serviceName: `com.amazonaws.${region}.s3`,
        vpcEndpointType: "Gateway",
        routeTableIds: [outputOf(routes, "id")],
        tags: tagsOf(site, `${site}-network-s3`),
      },
    },
    ...INTERFACES.map((service) => ({
      name: `${site}-network-${service}`,
      type: "aws:ec2/vpcEndpoint:VpcEndpoint",
      inputs: {
        vpcId: vpcId(site),
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: zones.map((zone) => outputOf(subnetName(site, zone), "id")),
        securityGroupIds: [outputOf(group, "id")],
        tags: tagsOf(site, `${site}-network-${service}`),
      },
    })),
  ];
}

/** EFA bypasses the kernel only between members of a group that lets all traffic to and from itself. */
function fabricGroup(site: string, { network }: AwsTarget): AwsResource {
  const name = fabricGroupName(site);
  const itself = { protocol: "-1", fromPort: 0, toPort: 0, self: true };
  return {
    name,
    type: "aws:ec2/securityGroup:SecurityGroup",
    inputs: {
      vpcId: vpcId(site),
      name,
      description: "EFA: all traffic to and from the group itself, and the VPC beside it",
      ingress: [itself],
      egress: [itself, { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: [network] }],
      tags: tagsOf(site, name),
    },
  };
}
