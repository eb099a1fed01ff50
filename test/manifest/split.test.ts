import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { objectsOf } from "../../components/objects.ts";
import { ohioWith, opening } from "../support/sites.ts";
import { splitLabWith } from "../support/split-site.ts";

// biome-ignore lint/suspicious/noExplicitAny: rendered manifests are read as whoever applies them reads them.
type Manifest = any;

const { plan, catalog } = opening(splitLabWith());
const objects = objectsOf(plan, catalog).map(({ object }): Manifest => object);
const of = (kind: string, name: string): Manifest =>
  objects.find((object) => object.kind === kind && object.metadata.name === name);

const set = of("DisaggregatedSet", "deepseek-r1");
const [prefill, decode] = set.spec.roles;
const podOf = (role: Manifest, place: "leaderTemplate" | "workerTemplate"): Manifest =>
  role.spec.leaderWorkerTemplate[place];
const engineOf = (pod: Manifest): Manifest => pod.spec.containers[0];

const selects = (selector: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>): boolean =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

describe("an endpoint whose prompts have copies of their own", () => {
  test("is one set of two roles, each queued by itself", () => {
    expect([prefill, decode].map(({ name, spec }) => [name, spec.replicas, spec.leaderWorkerTemplate.size])).toEqual([
      ["prefill", 20, 1],
      ["decode", 8, 4],
    ]);
    for (const role of [prefill, decode]) expect(role.metadata.labels["kueue.x-k8s.io/queue-name"]).toBe("pool-gb300");
  });

  test("has no Service: its address is the pool, which finds the leaders of both roles and the picker none of them", () => {
    expect(of("Service", "deepseek-r1-api")).toBeUndefined();
    const { selector, endpointPickerRef } = of("InferencePool", "deepseek-r1").spec;
    // The LeaderWorkerSet controller numbers the pods of a group.
    const numbered = (role: Manifest, place: "leaderTemplate" | "workerTemplate", index: string) => ({
      ...podOf(role, place).metadata.labels,
      "leaderworkerset.sigs.k8s.io/worker-index": index,
    });
    expect(selects(selector.matchLabels, numbered(prefill, "leaderTemplate", "0"))).toBe(true);
    expect(selects(selector.matchLabels, numbered(decode, "leaderTemplate", "0"))).toBe(true);
    expect(selects(selector.matchLabels, numbered(decode, "workerTemplate", "3"))).toBe(false);
    const picker = of("Deployment", endpointPickerRef.name);
    expect(selects(selector.matchLabels, picker.spec.template.metadata.labels)).toBe(false);
    expect(selects(of("Service", endpointPickerRef.name).spec.selector, picker.spec.template.metadata.labels)).toBe(
      true,
    );
  });

  test("both roles hand caches over by NIXL, ask for the NICs, and serve the same model", () => {
    const engines = [podOf(prefill, "leaderTemplate"), podOf(decode, "leaderTemplate")].map(engineOf);
    for (const engine of engines) {
      expect(engine.args).toContain('--kv-transfer-config={"kv_connector":"NixlConnector","kv_role":"kv_both"}');
      expect(engine.resources.limits["rdma/compute"]).toBe("1");
      expect(engine.args).toContain("--served-model-name=deepseek-r1");
    }
  });

  test("experts lie on every GPU of a copy, and each node knows which of them are its own", () => {
    expect(engineOf(podOf(decode, "workerTemplate")).args).toEqual([
      "--model=deepseek-ai/DeepSeek-R1",
      "--served-model-name=deepseek-r1",
      "--port=8200",
      "--tensor-parallel-size=1",
      "--data-parallel-size=16",
      "--enable-expert-parallel",
      "--all2all-backend=deepep_low_latency",
      "--nnodes=4",
      "--node-rank=$(LWS_WORKER_INDEX)",
      "--master-addr=$(LWS_LEADER_ADDRESS)",
      "--headless",
      '--kv-transfer-config={"kv_connector":"NixlConnector","kv_role":"kv_both"}',
    ]);
  });

  test("the proxy stands before the engine of who answers, and alone has a token", () => {
    const leader = podOf(decode, "leaderTemplate").spec;
    expect(leader.initContainers.map(({ name, restartPolicy }: Manifest) => [name, restartPolicy])).toEqual([
      ["routing-proxy", "Always"],
    ]);
    expect(leader.automountServiceAccountToken).toBe(false);
    const mounts = (container: Manifest): readonly string[] => container.volumeMounts.map(({ name }: Manifest) => name);
    expect(mounts(leader.initContainers[0])).toEqual(["api-access"]);
    expect(mounts(leader.containers[0])).not.toContain("api-access");
    for (const pod of [podOf(prefill, "leaderTemplate"), podOf(decode, "workerTemplate")]) {
      expect(pod.spec.initContainers).toBeUndefined();
      expect(JSON.stringify(pod.spec.volumes)).not.toContain("serviceAccountToken");
    }
  });

  test("rights are to read pods and pools; the picker's lease beside", () => {
    const verbs = (name: string) => [...new Set(of("Role", name).rules.flatMap((rule: Manifest) => rule.verbs))];
    expect(verbs("deepseek-r1")).toEqual(["get", "list", "watch"]);
    expect(of("Role", "deepseek-r1-picker").rules.filter(({ verbs }: Manifest) => verbs.includes("create"))).toEqual([
      expect.objectContaining({ resources: ["leases"] }),
      expect.objectContaining({ resources: ["events"] }),
    ]);
    expect(JSON.stringify(objects.filter(({ kind }) => kind === "Role"))).not.toContain("secrets");
  });

  test("the picker's configuration names only plugins that it has", () => {
    const config = parse(of("ConfigMap", "deepseek-r1-picker").data["picker.yaml"]);
    const known = config.plugins.map(({ type }: Manifest) => type);
    const asked = config.schedulingProfiles.flatMap(({ plugins }: Manifest) =>
      plugins.map(({ pluginRef }: Manifest) => pluginRef),
    );
    expect(asked.filter((ref: string) => !known.includes(ref))).toEqual([]);
  });
});

test("over EFA caches go by libfabric", () => {
  const ohio = ohioWith(
    ["serving:\n", "serving:\n  router: { picker: { repository: r, tag: t }, sidecar: { repository: r, tag: t } }\n"],
    ["replicas: 15\n", "replicas: 8\n      prefill: { replicas: 7, nodesPerReplica: 1, gpusPerNode: 8 }\n"],
  );
  const site = opening(ohio, "aws-ohio");
  const rendered = objectsOf(site.plan, site.catalog).find(({ object }) => object.kind === "DisaggregatedSet")
    ?.object as Manifest;
  const engine = engineOf(podOf(rendered.spec.roles[0], "leaderTemplate"));
  expect(engine.args.at(-1)).toContain('"backends":["LIBFABRIC"]');
  expect(engine.resources.limits["vpc.amazonaws.com/efa"]).toBe("16");
});
