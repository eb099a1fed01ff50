import type { InstancesPlan } from "../compute/compute-types.ts";
import { LABEL } from "../kubernetes.ts";
import type { PoolPlan } from "../plan-types.ts";
import { hasReached } from "../site/phase-state.ts";
import { drainMinute, minutesOf } from "./capacity-block.ts";
import { NODE_BASE, nodeNeeds } from "./cluster-resources.ts";
import { networkInterfaces } from "./interfaces.ts";
import { clusterName, fabricGroupName, nodeRoleName, subnetName } from "./names.ts";
import { type AwsResource, outputOf, tagsOf } from "./resource.ts";

/** A pool with instances of which the network layout is known; without it no node is made. */
export function poolResources(site: string, pool: PoolPlan): readonly AwsResource[] {
  const { instances } = pool;
  if (instances === null || !isRented(pool)) return [];
  const interfaces = networkInterfaces(instances, [
    outputOf(fabricGroupName(site), "id"),
    outputOf(clusterName(site), "vpcConfig", "clusterSecurityGroupId"),
  ]);
  if (interfaces === null) return [];
  const name = `${site}-pool-${pool.id}`;
  return [
    ...placementGroup(site, name, pool, instances),
    ...ownReservation(site, name, pool, instances),
    launchTemplate(site, name, pool, instances, interfaces),
    nodeGroup(site, name, pool, instances),
    ...blockSchedule(name, instances),
  ];
}

/** Nodes are rented from the state on in which racks would draw power, and until the phase is retired. */
const isRented = ({ state }: PoolPlan): boolean => hasReached(state, "energized") && state !== "retired";

/**
 * Nodes close together. A reservation is placed already: forced into a group of ours, part of it cannot be had
 * (eksctl#7949: 11 of 16 instances came).
 */
function placementGroup(
  site: string,
  name: string,
  { id }: PoolPlan,
  { reservation, count }: InstancesPlan,
): readonly AwsResource[] {
  if (!isGrouped({ reservation, count })) return [];
  return [
    {
      name: `${name}-placement`,
      type: "aws:ec2/placementGroup:PlacementGroup",
      inputs: { name: groupName(site, id), strategy: "cluster", tags: tagsOf(site, groupName(site, id)) },
    },
  ];
}
const isGrouped = ({ reservation, count }: Pick<InstancesPlan, "reservation" | "count">): boolean =>
  reservation === null && count > 1;
const groupName = (site: string, pool: string): string => `${site}-${pool}`;

/** Targeted: nobody else's instances fall into it, and ours into no other. */
function ownReservation(
  site: string,
  name: string,
  { system }: PoolPlan,
  { reservation, zone }: InstancesPlan,
): readonly AwsResource[] {
  if (reservation?.kind !== "on-demand" || reservation.id !== undefined) return [];
  return [
    {
      name: `${name}-reservation`,
      type: "aws:ec2/capacityReservation:CapacityReservation",
      inputs: {
        availabilityZone: zone,
        instanceType: system,
        instancePlatform: "Linux/UNIX",
        instanceCount: reservation.count,
        instanceMatchCriteria: "targeted",
        endDateType: "unlimited",
        tags: tagsOf(site, `${name}-reservation`),
      },
    },
  ];
}

function launchTemplate(
  site: string,
  name: string,
  { id, system }: PoolPlan,
  instances: InstancesPlan,
  interfaces: readonly object[],
): AwsResource {
  const { reservation } = instances;
  const target = reservation === null ? null : (reservation.id ?? outputOf(`${name}-reservation`, "id"));
  return {
    name: `${name}-template`,
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    inputs: {
      name: `${name}-template`,
      instanceType: system,
      ...NODE_BASE,
      networkInterfaces: interfaces,
      ...(isGrouped(instances) ? { placement: { groupName: groupName(site, id) } } : {}),
      ...(target === null
        ? {}
        : { capacityReservationSpecification: { capacityReservationTarget: { capacityReservationId: target } } }),
      ...(reservation?.kind === "capacity-block" ? { instanceMarketOptions: { marketType: "capacity-block" } } : {}),
      updateDefaultVersion: true,
      tagSpecifications: [{ resourceType: "instance", tags: tagsOf(site, name) }],
      tags: { ...tagsOf(site, `${name}-template`), [POOL_TAG]: id },
    },
    ...(isGrouped(instances) ? { after: [`${name}-placement`] } : {}),
  };
}

/** Tag by which rules find what belongs to a pool. */
export const POOL_TAG = "millrace:pool";

function nodeGroup(site: string, name: string, pool: PoolPlan, instances: InstancesPlan): AwsResource {
  const template = `${name}-template`;
  const isBlock = instances.reservation?.kind === "capacity-block";
  const { count } = instances;
  return {
    name: `${name}-nodes`,
    type: "aws:eks/nodeGroup:NodeGroup",
    inputs: {
      clusterName: outputOf(clusterName(site), "name"),
      nodeGroupName: pool.id,
      nodeRoleArn: outputOf(nodeRoleName(site), "arn"),
      subnetIds: [outputOf(subnetName(site, instances.zone), "id")],
      amiType: pool.arch === "arm64" ? "AL2023_ARM_64_NVIDIA" : "AL2023_x86_64_NVIDIA",
      capacityType: isBlock ? "CAPACITY_BLOCK" : pool.capacity === "spot" ? "SPOT" : "ON_DEMAND",
      // Nodes of a block come when it starts and go before it ends, by schedule: before, there is nothing to start.
      scalingConfig: isBlock
        ? { minSize: 0, desiredSize: 0, maxSize: count }
        : { minSize: count, desiredSize: count, maxSize: count },
      launchTemplate: { id: outputOf(template, "id"), version: outputOf(template, "latestVersion") },
      labels: { [LABEL.site]: site, [LABEL.pool]: pool.id, [LABEL.phase]: pool.phase },
      taints: [{ key: "nvidia.com/gpu", value: "true", effect: "NO_SCHEDULE" }],
      updateConfig: { maxUnavailable: 1 },
      nodeRepairConfig: { enabled: true },
      tags: { ...tagsOf(site, `${name}-nodes`), [POOL_TAG]: pool.id },
    },
    after: nodeNeeds(site),
    ...(isBlock ? { ignoreChanges: ["scalingConfig.desiredSize", "scalingConfig.minSize"] } : {}),
  };
}

/** All nodes at the start of the block, none from the minute on in which AWS begins to drain them. */
function blockSchedule(name: string, instances: InstancesPlan): readonly AwsResource[] {
  const { reservation, count } = instances;
  if (reservation?.kind !== "capacity-block") return [];
  const { from } = minutesOf(reservation);
  const group = outputOf(`${name}-nodes`, "resources", 0, "autoscalingGroups", 0, "name");
  const action = (suffix: string, minute: number, size: number): AwsResource => ({
    name: `${name}-${suffix}`,
    type: "aws:autoscaling/schedule:Schedule",
    inputs: {
      scheduledActionName: `${name}-${suffix}`,
      autoscalingGroupName: group,
      startTime: new Date(minute * 60_000).toISOString().replace(".000Z", "Z"),
      timeZone: "Etc/UTC",
      minSize: size,
      desiredCapacity: size,
      maxSize: count,
    },
  });
  return [action("starts", from, count), action("drains", drainMinute(reservation, instances.onlyInUltraServers), 0)];
}
