import type { KubernetesObject } from "../kubernetes.ts";
import { type EndpointArgs, labelsOf, type RoleArgs } from "./endpoint-args.ts";

/** Whether a copy of the model spans nodes that NVLink joins. */
export const isNvlinkGang = ({ role, pool }: RoleArgs): boolean =>
  role.nodesPerReplica > 1 && pool.nvlinkAcrossNodes === true;

/** The driver makes a ResourceClaimTemplate of this name for each ComputeDomain: ours only names it. */
export const channelTemplateName = (endpoint: string): string => `${endpoint}-channel`;

/**
 * What lets the GPUs of several nodes reach each other's memory over NVLink, and nobody else's: one for an endpoint,
 * whose copies it joins rack by rack. It follows the pods (no number of nodes), and never changes: its spec is
 * immutable. Source: NVIDIA DRA driver, resource.nvidia.com/v1beta1.
 */
export const computeDomain = (args: EndpointArgs): KubernetesObject => ({
  apiVersion: "resource.nvidia.com/v1beta1",
  kind: "ComputeDomain",
  metadata: { name: args.endpoint.id, namespace: args.tenant.namespace, labels: labelsOf(args) },
  spec: {
    numNodes: 0,
    channel: {
      allocationMode: "Single",
      resourceClaimTemplate: { name: channelTemplateName(args.endpoint.id) },
    },
  },
});
