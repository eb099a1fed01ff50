import { readdirSync, readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Operation } from "../../cli/engine/index.ts";
import type { KubernetesObject } from "../../components/kubernetes.ts";
import { objectsOf } from "../../components/objects.ts";
import { buildSite } from "../../components/program.ts";
import { type Cluster, CONTEXT, startCluster } from "../support/cluster.ts";
import { hasCluster } from "../support/cluster-programs.ts";
import { hasEngine, operated, temporaryProject } from "../support/engine.ts";
import { startKueue } from "../support/kueue.ts";
import { restrictedPod } from "../support/restricted-pod.ts";
import { labWith, opening, ROOT, siteText } from "../support/sites.ts";

const SLOW = { timeout: 60_000, interval: 100 };
/** A job of ten nodes, 40 GPUs, at 1,973 W each. */
const JOB_WATTS = 40 * 1_973;

const crds = readdirSync(`${ROOT}/test/crds`).map(
  (name) => JSON.parse(readFileSync(`${ROOT}/test/crds/${name}`, "utf8")) as KubernetesObject,
);
const objectsIn = (text: string, site = "lab"): readonly KubernetesObject[] => {
  const { plan, catalog } = opening(text, site);
  return objectsOf(plan, catalog).map(({ object }) => object);
};
const isKind =
  (...kinds: readonly string[]) =>
  ({ kind }: KubernetesObject): boolean =>
    kinds.includes(kind);

const budgetOf = (watts: number) => labWith(["powerBudget: 1136 kW", `powerBudget: ${watts} W`]);
const capped = labWith(
  ["system: gb300-nvl72", "system: dgx-h100"],
  [
    "powerBudget: 1136 kW # 8 racks × 142 kW",
    "powerBudget: 326 kW\n    powerCap: { perGpu: 500 W, enforcedBy: dynamo-power-agent }",
  ],
);

const namespace = (name: string): KubernetesObject => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
/** What the Kueue chart leaves in its namespace. */
const charts: KubernetesObject = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "kueue-manager-config", namespace: "kueue-system", labels: { "app.kubernetes.io/name": "kueue" } },
  data: { "controller_manager_config.yaml": "apiVersion: config.kueue.x-k8s.io/v1beta2\nkind: Configuration\n" },
};

/** The lab's 144 nodes of 4 GPUs, where the hall plan has them. */
const nodes = Array.from({ length: 144 }, (_, index): KubernetesObject => {
  const name = `node-${index}`;
  const resources = { cpu: "144", memory: "960Gi", pods: "110", "nvidia.com/gpu": "4" };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: {
        "kubernetes.io/hostname": name,
        "kubernetes.io/arch": "arm64",
        "millrace.dev/pool": "gb300",
        "topology.millrace.dev/building": "lab",
        "topology.millrace.dev/hall": "lab-1",
        "topology.millrace.dev/pod": "lab-1-1",
        "topology.millrace.dev/rack": `lab-1-1-${Math.floor(index / 18)}`,
      },
    },
    status: {
      capacity: resources,
      allocatable: resources,
      conditions: [{ type: "Ready", status: "True", reason: "Stated", message: "of the test" }],
    },
  };
});

describe.skipIf(!hasCluster)("on a real Kubernetes API", { timeout: 120_000 }, () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
    for (const crd of crds) await cluster.apply(crd);
    await vi.waitFor(async () => {
      const { body } = await cluster.ask("GET", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions");
      const open = body.items.filter(
        ({ status }: { status: { conditions?: { type: string; status: string }[] } }) =>
          !status.conditions?.some(({ type, status }) => type === "Established" && status === "True"),
      );
      if (open.length > 0) throw new Error(`${open.length} definitions are not established`);
    }, SLOW);
    await cluster.apply(namespace("kueue-system"));
    await cluster.apply(charts, { manager: "helm" });
    for (const node of nodes) await cluster.ask("POST", "/api/v1/nodes", node);
  }, 120_000);
  afterAll(() => cluster?.stop());

  /** Applies objects, in their order, and takes them off again after the test. */
  const applied: KubernetesObject[] = [];
  const apply = async (objects: readonly KubernetesObject[]) => {
    for (const object of objects) {
      await cluster.apply(object);
      applied.unshift(object);
    }
  };
  afterEach(async () => {
    for (const object of applied.splice(0)) {
      const path = await cluster.pathOf(object);
      await cluster.ask("DELETE", `${path}?propagationPolicy=Background`);
      await vi.waitFor(async () => expect((await cluster.ask("GET", path)).status).toBe(404), SLOW);
    }
  });

  describe("the server's own validation", () => {
    test.each([
      ["the lab", siteText("lab"), "lab"],
      ["the lab, capped", capped, "lab"],
      ["Independence", siteText("independence-mo"), "independence-mo"],
    ])("takes every object of %s", async (_, text, site) => {
      const objects = objectsIn(text, site);
      await apply([...objects.filter(isKind("Namespace")), namespace("monitoring")]);
      for (const object of objects) await cluster.apply(object, { dryRun: true, manager: "helm" });
      expect(objects.length).toBeGreaterThan(10);
    });

    test.each(["Deployment", "NetworkPolicy", "PodDisruptionBudget", "Service", "PriorityClass", "ClusterQueue"])(
      "refuses a misspelt field of a %s",
      async (kind) => {
        const objects = objectsIn(siteText("lab"));
        await apply(objects.filter(isKind("Namespace")));
        const [object] = objects.filter(isKind(kind));
        if (object === undefined) throw new Error(`the lab has no ${kind}`);
        const misspelt =
          "spec" in object ? { ...object, spec: { ...(object.spec as object), slector: {} } } : { ...object, vaule: 1 };
        await expect(cluster.apply(misspelt, { dryRun: true })).rejects.toThrow(/unknown field|not declared in schema/);
      },
    );
  });

  test("a pod with GPUs on a capped pool is refused unless it limits them", async () => {
    const objects = objectsIn(capped);
    await apply(objects.filter(isKind("Namespace")));
    await apply(objects.filter(isKind("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding")));
    const pod = (limit: string | null, pool = "gb300"): KubernetesObject => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        name: "tried",
        namespace: "tenant-research",
        ...(limit === null ? {} : { annotations: { "dynamo.nvidia.com/gpu-power-limit": limit } }),
      },
      spec: { ...restrictedPod("4"), nodeSelector: { "millrace.dev/pool": pool } },
    });
    const tried = (object: KubernetesObject) =>
      cluster.apply(object, { dryRun: true }).then(
        () => "taken",
        (error: Error) => error.message,
      );
    await vi.waitFor(async () => expect(await tried(pod(null))).toContain("gpu-power-limit with at most 500 W"), SLOW);
    for (const limit of ["501", "0", "", "50x", "-1"]) expect(await tried(pod(limit))).toContain("at most 500 W");
    for (const limit of ["500", "200"]) expect(await tried(pod(limit))).toBe("taken");
    expect(await tried(pod(null, "another"))).toBe("taken");
  });

  describe("with Kueue's controller", () => {
    beforeAll(async () => {
      const [configuration] = objectsIn(siteText("lab")).filter(isKind("ConfigMap"));
      if (configuration === undefined) throw new Error("the lab has no configuration of Kueue");
      await startKueue(cluster, configuration);
    }, 90_000);

    const job = (index: number): KubernetesObject => ({
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: {
        name: `job-${index}`,
        namespace: "tenant-research",
        labels: { "kueue.x-k8s.io/queue-name": "pool-gb300" },
      },
      spec: {
        suspend: true,
        parallelism: 10,
        completions: 10,
        template: {
          metadata: { annotations: { "kueue.x-k8s.io/podset-unconstrained-topology": "true" } },
          spec: { ...restrictedPod("4"), restartPolicy: "Never" },
        },
      },
    });
    const queues = isKind(
      "Namespace",
      "Topology",
      "ResourceFlavor",
      "ClusterQueue",
      "LocalQueue",
      "WorkloadPriorityClass",
    );

    /**
     * Jobs until the controller has told one why it waits, and all that it holds quota for are admitted: how many, and what
     * it told. Of equal jobs that wait, Kueue tells the first alone.
     */
    async function queued(count: number): Promise<{ readonly admitted: number; readonly told: readonly string[] }> {
      await apply(Array.from({ length: count }, (_, index) => job(index)));
      return vi.waitFor(async () => {
        const { body } = await cluster.ask("GET", "/apis/kueue.x-k8s.io/v1beta2/namespaces/tenant-research/workloads");
        const all = (body.items as readonly Workload[]).map(({ status }) => status?.conditions ?? []);
        const having = (type: string) =>
          all.filter((each) => each.some((one) => one.type === type && one.status === "True")).length;
        const told = all.flatMap((each) =>
          each.flatMap(({ type, status, message }) =>
            type === "QuotaReserved" && status === "False" ? [message] : [],
          ),
        );
        expect(all.length).toBe(count);
        expect(told.length).toBeGreaterThan(0);
        expect(having("Admitted")).toBe(having("QuotaReserved"));
        return { admitted: having("Admitted"), told };
      }, SLOW);
    }

    test.each([
      ["seven jobs and not a watt more", 7 * JOB_WATTS, 7],
      ["one watt less", 7 * JOB_WATTS - 1, 6],
    ])("a budget for %s", async (_, watts, expected) => {
      await apply(objectsIn(budgetOf(watts)).filter(queues));
      const { admitted, told } = await queued(9);
      expect(admitted).toBe(expected);
      for (const message of told)
        expect(message).toContain("insufficient unused quota for millrace.dev/watts in flavor power-gb300");
    });

    test("a held phase admits none", async () => {
      await apply(objectsIn(labWith(["state: online", "state: burn-in"])).filter(queues));
      const { admitted, told } = await queued(2);
      expect(admitted).toBe(0);
      for (const message of told) expect(message).toContain("is inactive");
    });
  });

  describe.skipIf(!hasEngine)("through Pulumi's engine", () => {
    const { root } = temporaryProject({ copied: ["Pulumi.yaml", "package.json", "stacks"] });
    const lab = opening(labWith(["{ kind: render }", `{ kind: kubernetes, context: ${CONTEXT} }`]));
    const run = (operation: Operation) => {
      vi.stubEnv("KUBECONFIG", cluster.kubeconfig);
      return operated(operation, { root, site: "lab", program: async () => ({ ...buildSite(lab) }) });
    };

    test("the lab comes up, up again without a change, and goes down", async () => {
      await cluster.apply(namespace("monitoring"));
      const up = await run("up");
      expect(up).toMatchObject({ outcome: "succeeded", errors: [] });
      const objects = objectsOf(lab.plan, lab.catalog).map(({ object }) => object);
      for (const object of objects) expect((await cluster.ask("GET", await cluster.pathOf(object))).status).toBe(200);
      expect(await run("up")).toMatchObject({ outcome: "succeeded", changes: { same: up.changes.create } });
      expect(await run("destroy")).toMatchObject({ outcome: "succeeded", changes: { delete: up.changes.create } });
    });
  });
});

interface Workload {
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message: string }[];
  };
}
