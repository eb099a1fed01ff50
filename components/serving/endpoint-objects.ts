import type { KubernetesObject, PlannedObject } from "../kubernetes.ts";
import { computeDomain, isNvlinkGang } from "./compute-domain.ts";
import {
  answeringOf,
  type EndpointArgs,
  isSplit,
  metadataOf,
  rolesOf,
  SERVING_PORT,
  selectorOf,
} from "./endpoint-args.ts";
import { gatewaysOf, pickerPeer, routerObjects } from "./router-objects.ts";
import { NOT_AWAITED, workload } from "./workloads.ts";

/** Everything an endpoint is on a cluster: an account without rights, its pods, their address, budget and walls. */
export function endpointObjects(name: string, args: EndpointArgs): readonly PlannedObject[] {
  return [
    { name: `${name}-account`, object: serviceAccount(args) },
    ...(rolesOf(args).some(isNvlinkGang) ? [{ name: `${name}-domain`, object: computeDomain(args) }] : []),
    { name: `${name}-workload`, object: workload(args) },
    ...addressObjects(name, args),
    { name: `${name}-budget`, object: disruptionBudget(args) },
    { name: `${name}-network`, object: networkPolicy(args) },
  ];
}

/** A Service; where prompts have copies of their own, a pool with a picker, which a gateway's route names. */
function addressObjects(name: string, args: EndpointArgs): readonly PlannedObject[] {
  if (!isSplit(args)) return [{ name: `${name}-service`, object: service(args) }];
  return routerObjects(name, args);
}

const serviceAccount = (args: EndpointArgs): KubernetesObject => ({
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: metadataOf(args),
  automountServiceAccountToken: false,
});

/**
 * The leader of a group answers; a single node is its own leader. Not the name of the endpoint: under that one the
 * LeaderWorkerSet controller makes the headless Service by which a group finds its leader.
 */
const service = (args: EndpointArgs): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { ...metadataOf(args), name: `${args.endpoint.id}-api`, annotations: NOT_AWAITED },
  spec: {
    type: "ClusterIP",
    selector: answeringOf(args),
    ports: [{ name: "http", port: SERVING_PORT, targetPort: "http", protocol: "TCP" }],
  },
});

const disruptionBudget = (args: EndpointArgs): KubernetesObject => ({
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: metadataOf(args),
  spec: { maxUnavailable: 1, selector: { matchLabels: selectorOf(args) } },
});

/** In: the gateway and the picker on the serving port. Out: the model hub on the internet, by HTTPS. Both ways: the endpoint's own pods. */
function networkPolicy(args: EndpointArgs): KubernetesObject {
  const group = { podSelector: { matchLabels: selectorOf(args) } };
  const pickers = isSplit(args) ? [pickerPeer(args)] : [];
  const talks = isSplit(args) || args.endpoint.roles.some(({ nodesPerReplica }) => nodesPerReplica > 1);
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: metadataOf(args),
    spec: {
      podSelector: { matchLabels: selectorOf(args) },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        { from: [...gatewaysOf(args), ...pickers], ports: [{ protocol: "TCP", port: SERVING_PORT }] },
        ...(talks ? [{ from: [group] }] : []),
      ],
      egress: [
        { to: [{ ipBlock: { cidr: "0.0.0.0/0", except: INTERNAL } }], ports: [{ protocol: "TCP", port: 443 }] },
        ...(talks ? [{ to: [group] }] : []),
      ],
    },
  };
}

/** Private, link-local (with the metadata service of clouds) and loopback ranges: RFC 1918, RFC 6598, RFC 3927. */
const INTERNAL = ["10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"];
