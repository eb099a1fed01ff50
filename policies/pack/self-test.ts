import { fileURLToPath } from "node:url";
import { GPU_RESOURCE, LABEL, WATTS_RESOURCE } from "../../components/kubernetes.ts";
import { openSite } from "../../components/open.ts";
import { blocks } from "../check.ts";
import { isUnsettled } from "../finding.ts";
import type { RegisteredObject } from "../registered.ts";
import { applyRule, type Context, type Rule } from "../rule.ts";

/** What a program must not register: an open queue for a closed pool, and a bare Deployment that asks for too much. */
const REGISTERED: readonly RegisteredObject[] = [
  {
    urn: "queue",
    object: {
      apiVersion: "kueue.x-k8s.io/v1beta2",
      kind: "ClusterQueue",
      metadata: { name: "closed", labels: { [LABEL.pool]: "closed" } },
      spec: {
        stopPolicy: "None",
        resourceGroups: [
          {
            flavors: [
              {
                name: "all",
                resources: [
                  { name: GPU_RESOURCE, nominalQuota: "1000" },
                  { name: WATTS_RESOURCE, nominalQuota: "9M" },
                ],
              },
            ],
          },
        ],
      },
    },
  },
  {
    urn: "workload",
    object: {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "bare", namespace: "default" },
      spec: {
        replicas: 1000,
        template: {
          spec: {
            hostNetwork: true,
            nodeSelector: { [LABEL.pool]: "open" },
            containers: [
              { name: "bare", image: "example.com/bare:latest", resources: { limits: { [GPU_RESOURCE]: "8" } } },
            ],
          },
        },
      },
    },
  },
];

/** A context to which every rule must object. */
export function knownBad(): Context {
  const site = openSite(fileURLToPath(new URL(".", import.meta.url)), "known-bad", null);
  if (!site.ok) throw new Error(`the pack's own bad site cannot be read: ${site.faults[0]?.problem}`);
  return {
    plan: site.plan,
    catalog: site.catalog,
    waivers: [],
    registered: REGISTERED,
    today: "2027-01-01",
    asState: null,
  };
}

/** Rules that let a bad context pass: they would let anything pass. */
export const blindRules = (rules: readonly Rule[], bad: Context): readonly string[] =>
  rules
    .filter((rule) => {
      const objections = applyRule(rule, bad).filter(isUnsettled);
      return !objections.some((finding) => rule.enforcement === "advisory" || blocks(finding));
    })
    .map(({ id }) => id);
