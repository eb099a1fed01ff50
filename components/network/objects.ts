import { commonLabels, type KubernetesObject } from "../kubernetes.ts";
import type { TopologyPlan } from "./network-types.ts";

/** The hall as Kueue sees it: levels by node label, coarsest first, the host last. */
export const topology = (site: string, { name, levels }: TopologyPlan): KubernetesObject => ({
  apiVersion: "kueue.x-k8s.io/v1beta2",
  kind: "Topology",
  metadata: { name, labels: commonLabels(site, "network") },
  spec: { levels: levels.map((nodeLabel) => ({ nodeLabel })) },
});

/** Nothing enters or leaves a namespace that no other policy lets through. */
export const denyAll = (site: string, namespace: string): KubernetesObject =>
  policy(site, namespace, "default.deny-all", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });

/** Names are looked up at the cluster's DNS, and nothing else is reached. */
export const allowDns = (site: string, namespace: string): KubernetesObject =>
  policy(site, namespace, "default.allow-dns", {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [
      {
        to: [
          {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
            podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
          },
        ],
        ports: [
          { protocol: "UDP", port: 53 },
          { protocol: "TCP", port: 53 },
        ],
      },
    ],
  });

/** An endpoint's own policy bears the endpoint's id, in which there is no dot: it never takes a default's name. */
const policy = (site: string, namespace: string, name: string, spec: object): KubernetesObject => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name, namespace, labels: commonLabels(site, "network") },
  spec,
});
