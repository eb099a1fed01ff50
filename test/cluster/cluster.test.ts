import { readdirSync, readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Operation } from "../../cli/engine/index.ts";
import type { KubernetesObject } from "../../components/kubernetes.ts";
import { objectsOf } from "../../components/objects.ts";
import { buildSite } from "../../components/program.ts";
import { type Cluster, CONTEXT, type Started, startCluster } from "../support/cluster.ts";
import { channelTemplate, gang, nodes, rented, rentedJob } from "../support/cluster-objects.ts";
import { hasCluster } from "../support/cluster-programs.ts";
import { hasEngine, operated, temporaryProject } from "../support/engine.ts";
import { startKueue } from "../support/kueue.ts";
import { overflowing } from "../support/overflow.ts";
import { restrictedPod } from "../support/restricted-pod.ts";
import { labWith, opening, ROOT, siteText } from "../support/sites.ts";
import { splitLabWith } from "../support/split-site.ts";

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
    for (const name of ["kueue-system", "monitoring", "gpu-operator"]) await cluster.apply(namespace(name));
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
      ["the lab, prompts on copies of their own", splitLabWith(), "lab"],
      ["Independence", siteText("independence-mo"), "independence-mo"],
    ])("takes every object of %s", async (_, text, site) => {
      const objects = objectsIn(text, site);
      await apply(objects.filter(isKind("Namespace")));
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
      kueue = await startKueue(cluster, configuration);
    }, 90_000);
    afterAll(() => kueue?.end());
    let kueue: Started;

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

    test("a gang is let into one NVLink domain, and each of its pods counts as a channel", async () => {
      await apply(objectsIn(siteText("lab")).filter(queues));
      await apply([channelTemplate, gang]);
      await vi.waitFor(async () => {
        const { body } = await cluster.ask("GET", "/apis/kueue.x-k8s.io/v1beta2/namespaces/tenant-research/workloads");
        const [assigned] = body.items[0].status.admission.podSetAssignments;
        expect(assigned.resourceUsage).toEqual({
          "nvidia.com/gpu": "64",
          "millrace.dev/watts": String(64 * 1_973),
          "millrace.dev/nvlink-channels": "16",
        });
        const hosts: string[] = assigned.topologyAssignment.slices.flatMap(namesIn);
        const racks = hosts.map((host) => Math.floor(Number(host.replace("node-", "")) / 18));
        expect([hosts.length, new Set(racks).size]).toEqual([16, 1]);
      }, SLOW);
    });

    test("a held phase admits none", async () => {
      await apply(objectsIn(labWith(["state: online", "state: burn-in"])).filter(queues));
      const { admitted, told } = await queued(2);
      expect(admitted).toBe(0);
      for (const message of told) expect(message).toContain("is inactive");
    });
  });

  describe("with Kueue's controller, of a site that rents", () => {
    const objects = objectsIn(overflowing(), "aws-ohio");
    let kueue: Started;
    beforeAll(async () => {
      const configuration = objects.find(({ metadata }) => metadata.name === "kueue-manager-config");
      if (configuration === undefined) throw new Error("the site has no configuration of Kueue");
      kueue = await startKueue(cluster, configuration);
      for (const node of [...rented("h100", 8), ...rented("burst", 2), ...rented("cheap", 2)])
        await cluster.ask("POST", "/api/v1/nodes", node);
    }, 90_000);
    afterAll(() => kueue?.end());

    test("a queue takes its own nodes, then those on demand, then those on spot, and no more", async () => {
      await apply(objects.filter(isKind("Namespace", "Topology", "ResourceFlavor", "ClusterQueue", "LocalQueue")));
      for (let index = 0; index < 13; index += 1) {
        await apply([rentedJob(index)]);
        if (index < 12) await vi.waitFor(async () => expect((await flavors()).length).toBe(index + 1), SLOW);
      }
      expect(await flavors()).toEqual([
        ...Array(8).fill("pool-h100"),
        ...Array(2).fill("pool-burst"),
        ...Array(2).fill("pool-cheap"),
      ]);
    });

    /** Flavors of the jobs that are admitted, in the order of the jobs. */
    async function flavors(): Promise<readonly string[]> {
      const { body } = await cluster.ask("GET", "/apis/kueue.x-k8s.io/v1beta2/namespaces/tenant-research/workloads");
      const admitted = (body.items as readonly Admitted[]).flatMap(({ metadata, status }) => {
        const [assigned] = status?.admission?.podSetAssignments ?? [];
        const job = Number(metadata.ownerReferences[0]?.name.replace("rented-", ""));
        return assigned === undefined ? [] : [{ job, flavor: assigned.flavors["nvidia.com/gpu"] ?? "" }];
      });
      return admitted.sort((left, right) => left.job - right.job).map(({ flavor }) => flavor);
    }
  });

  describe.skipIf(!hasEngine)("through Pulumi's engine", () => {
    const { root } = temporaryProject({ copied: ["Pulumi.yaml", "package.json", "stacks"] });
    const lab = opening(labWith(["{ kind: render }", `{ kind: kubernetes, context: ${CONTEXT} }`]));
    const run = (operation: Operation) => {
      vi.stubEnv("KUBECONFIG", cluster.kubeconfig);
      return operated(operation, { root, site: "lab", program: async () => ({ ...buildSite(lab) }) });
    };

    test("the lab comes up, up again without a change, and goes down", async () => {
      const up = await run("up");
      expect(up).toMatchObject({ outcome: "succeeded", errors: [] });
      const objects = objectsOf(lab.plan, lab.catalog).map(({ object }) => object);
      for (const object of objects) expect((await cluster.ask("GET", await cluster.pathOf(object))).status).toBe(200);
      expect(await run("up")).toMatchObject({ outcome: "succeeded", changes: { same: up.changes.create } });
      expect(await run("destroy")).toMatchObject({ outcome: "succeeded", changes: { delete: up.changes.create } });
    });
  });
});

interface Admitted {
  readonly metadata: { readonly ownerReferences: readonly { readonly name: string }[] };
  readonly status?: {
    readonly admission?: {
      readonly podSetAssignments: readonly { readonly flavors: Readonly<Record<string, string>> }[];
    };
  };
}

/** Hosts of a slice of an assignment, whose common parts Kueue writes once. */
function namesIn({ valuesPerLevel }: Slice): readonly string[] {
  const { universal, individual } = valuesPerLevel.at(-1) ?? {};
  if (universal !== undefined) return [universal];
  const { prefix = "", suffix = "", roots = [] } = individual ?? {};
  return roots.map((root) => `${prefix}${root}${suffix}`);
}

interface Slice {
  readonly valuesPerLevel: readonly {
    readonly universal?: string;
    readonly individual?: { readonly prefix?: string; readonly suffix?: string; readonly roots?: readonly string[] };
  }[];
}

interface Workload {
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message: string }[];
  };
}
