import type { RegisteredObject } from "../../policies/registered.ts";

/** A Deployment that somebody adds by hand, with GPUs. */
export const deployment = (
  gpus: unknown,
  parts: { readonly labels?: object; readonly spec?: object; readonly container?: object } = {},
): RegisteredObject => ({
  urn: "urn:pulumi:lab::millrace::kubernetes:apps/v1:Deployment::extra",
  object: {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name: "extra",
      namespace: "tenant-research",
      labels: parts.labels ?? { "kueue.x-k8s.io/queue-name": "pool-gb300" },
    },
    spec: {
      replicas: 1,
      template: {
        spec: {
          securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
          containers: [
            {
              name: "engine",
              image: `docker.io/a/b@sha256:${"0".repeat(64)}`,
              resources: { requests: { "nvidia.com/gpu": gpus } },
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
              ...parts.container,
            },
          ],
          ...parts.spec,
        },
      },
    },
  },
});
/** What is registered, and more. */
export const adding =
  (...extra: readonly RegisteredObject[]) =>
  (planned: readonly RegisteredObject[]) => [...planned, ...extra];
/** What is registered, but nothing of a kind. */
export const without = (kind: string) => (planned: readonly RegisteredObject[]) =>
  planned.filter(({ object }) => (object as { kind: string }).kind !== kind);
/** Objects of a kind, changed. */
export const changed =
  (kind: string, change: (object: Readonly<Record<string, unknown>>) => object) =>
  (planned: readonly RegisteredObject[]) =>
    planned.map((entry) => {
      const object = entry.object as Readonly<Record<string, unknown>>;
      return object.kind === kind ? { ...entry, object: change(object) } : entry;
    });
/** Queues with another quota of a resource. */
export const queueWith = (resource: string, quota: unknown) => (planned: readonly RegisteredObject[]) =>
  planned.map((entry) => {
    const object = structuredClone(entry.object) as {
      kind: string;
      spec: { resourceGroups: { flavors: { resources: { name: string; nominalQuota: unknown }[] }[] }[] };
    };
    if (object.kind !== "ClusterQueue") return entry;
    for (const each of object.spec.resourceGroups
      .flatMap(({ flavors }) => flavors)
      .flatMap(({ resources }) => resources)) {
      if (each.name === resource) each.nominalQuota = quota;
    }
    return { ...entry, object };
  });
