import { describe, expect, test } from "vitest";
import type { KubernetesObject } from "../../components/kubernetes.ts";
import { objectsOf } from "../../components/objects.ts";
import { opening, siteText } from "../support/sites.ts";

/** Whatever JSON holds. */
type Json = ReturnType<typeof JSON.parse>;

describe.each(["lab", "independence-mo", "aws-ohio"])("references between the objects of %s", (site) => {
  const { plan, catalog } = opening(siteText(site), site);
  const objects = objectsOf(plan, catalog).map(({ object }) => object);
  const of = (kind: string) => objects.filter((object) => object.kind === kind);
  const names = (kind: string) => of(kind).map(({ metadata }) => metadata.name);
  const spec = (object: KubernetesObject): Json => object.spec;

  test("LocalQueue to ClusterQueue to ResourceFlavor to Topology", () => {
    expect(
      of("LocalQueue")
        .map((object) => spec(object).clusterQueue)
        .every((name) => names("ClusterQueue").includes(name)),
    ).toBe(true);
    const flavors = of("ClusterQueue").flatMap((object) =>
      (spec(object).resourceGroups as unknown as { flavors: { name: string }[] }[]).flatMap((group) =>
        group.flavors.map(({ name }) => name),
      ),
    );
    expect(flavors.sort()).toEqual(names("ResourceFlavor").sort());
    const topologies = of("ResourceFlavor").flatMap((object) => spec(object).topologyName ?? []);
    expect(topologies.every((name) => names("Topology").includes(name))).toBe(true);
  });

  test("every namespaced object lives in a registered namespace, the queue's own, the monitor's or the GPUs'", () => {
    const known = [...names("Namespace"), "kube-system", "kueue-system", "monitoring", "gpu-operator"];
    expect(
      objects.flatMap(({ metadata }) => metadata.namespace ?? []).every((namespace) => known.includes(namespace)),
    ).toBe(true);
  });

  test("every pod is found by its Service, budget and walls, and by nobody else's", () => {
    for (const workload of [...of("Deployment"), ...of("LeaderWorkerSet")]) {
      const { name, namespace } = workload.metadata;
      const template = JSON.parse(
        JSON.stringify(spec(workload).template ?? spec(workload).leaderWorkerTemplate.leaderTemplate),
      ) as {
        metadata: { labels: Record<string, string> };
        spec: {
          containers: { ports: { name: string; containerPort: number }[] }[];
          serviceAccountName: string;
          priorityClassName: string;
        };
      };
      const matches = (selector: Record<string, string>) =>
        Object.entries(selector).every(
          ([key, value]) => template.metadata.labels[key] === value || key.startsWith("leaderworkerset"),
        );
      const service = of("Service").find(
        ({ metadata }) => metadata.name === `${name}-api` && metadata.namespace === namespace,
      ) as KubernetesObject;
      const budget = of("PodDisruptionBudget").find(({ metadata }) => metadata.name === name) as KubernetesObject;
      expect(names("Service")).not.toContain(name); // the LeaderWorkerSet's own headless Service
      expect(matches(spec(service).selector)).toBe(true);
      expect(matches(spec(budget).selector.matchLabels)).toBe(true);
      expect((spec(service).ports as { targetPort: string }[]).map(({ targetPort }) => targetPort)).toEqual(
        template.spec.containers.flatMap(({ ports }) => ports.map((port) => port.name)),
      );
      expect(names("ServiceAccount")).toContain(template.spec.serviceAccountName);
      expect(names("PriorityClass")).toContain(template.spec.priorityClassName);
      expect(of("Service").filter((each) => each !== service && matches(spec(each).selector))).toEqual([]);
    }
  });

  test("Kueue reads queue and priority on the workload, and they lead to what is registered", () => {
    for (const { metadata } of [...of("Deployment"), ...of("LeaderWorkerSet")]) {
      const { "kueue.x-k8s.io/queue-name": queue, "kueue.x-k8s.io/priority-class": priority } = metadata.labels ?? {};
      expect(names("LocalQueue")).toContain(queue);
      expect(names("WorkloadPriorityClass")).toContain(priority);
    }
  });

  test("leader and workers of a group share one rack", () => {
    for (const workload of of("LeaderWorkerSet")) {
      const { leaderTemplate, workerTemplate } = spec(workload).leaderWorkerTemplate;
      const group = (template: typeof leaderTemplate) =>
        template.metadata.annotations["kueue.x-k8s.io/podset-group-name"];
      expect(group(leaderTemplate)).toBe(workload.metadata.name);
      expect(group(workerTemplate)).toBe(workload.metadata.name);
    }
  });

  test("every name is one that Kubernetes takes, and one that Kueue can label", () => {
    for (const { metadata, kind } of objects) {
      expect(metadata.name).toMatch(/^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$/);
      if (kind === "LeaderWorkerSet") expect(metadata.name.length).toBeLessThanOrEqual(39);
      for (const value of Object.values(metadata.labels ?? {}))
        expect(value).toMatch(/^([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$/);
    }
  });

  test("no Secret is rendered, and no account has a token", () => {
    expect(of("Secret")).toEqual([]);
    expect(of("ServiceAccount").every((object) => object.automountServiceAccountToken === false)).toBe(true);
  });
});
