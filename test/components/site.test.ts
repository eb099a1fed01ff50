import { beforeAll, describe, expect, test } from "vitest";
import { objectsOf, partsOf, resourcesOf } from "../../components/objects.ts";
import { buildSite } from "../../components/program.ts";
import { registered } from "../support/registered.ts";
import { labWith, opening, siteText } from "../support/sites.ts";

const lab = opening(siteText("lab"));

describe("the lab as components", () => {
  let seen: Awaited<ReturnType<typeof registered>> = [];
  beforeAll(async () => {
    seen = await registered(() => buildSite(lab));
  });

  test("registers one component a part, under the names that are public", () => {
    const components = seen
      .filter(({ type }) => type.startsWith("millrace:"))
      .map(({ type, name }) => `${type} ${name}`);
    expect(components.sort()).toEqual([
      "millrace:compute:GpuNodePool lab-pool-gb300",
      "millrace:compute:GpuStack lab-gpus",
      "millrace:network:Network lab-network",
      "millrace:power:PowerBudget lab-power-gb300",
      "millrace:serving:InferenceStack lab-serving",
      "millrace:serving:ModelEndpoint lab-endpoint-deepseek-r1",
      "millrace:serving:ModelEndpoint lab-endpoint-llama-70b",
      "millrace:site:Site lab",
    ]);
  });

  test("registers exactly the objects of the plan, by name", () => {
    const objects = seen.filter(({ type }) => type.startsWith("kubernetes:")).map(({ name, inputs }) => [name, inputs]);
    const planned = objectsOf(lab.plan, lab.catalog).map(({ name, object }) => [
      name,
      JSON.parse(JSON.stringify(object)),
    ]);
    expect(Object.fromEntries(objects)).toEqual(Object.fromEntries(planned));
  });

  test("the names of children are public too", async () => {
    const names = seen.map(({ type, name }) => `${type} ${name}`).sort();
    await expect(`${names.join("\n")}\n`).toMatchFileSnapshot("../golden/components/lab-names.txt");
  });

  test("names of children start with their component's", () => {
    for (const { name, objects } of partsOf(lab.plan, lab.catalog)) {
      expect(objects.every((each) => each.name.startsWith(`${name}-`))).toBe(true);
    }
  });

  test("tells policies the budget in plain watts", () => {
    const budget = seen.find(({ type }) => type === "millrace:power:PowerBudget");
    expect(budget?.inputs).toEqual({
      site: "lab",
      domain: "gb300",
      budgetWatts: 1_136_000,
      wattsPerGpu: 1_973,
      held: false,
    });
  });

  test("goes through one provider, which writes to the site's folder", () => {
    const providers = seen.filter(({ type }) => type === "pulumi:providers:kubernetes");
    expect(providers.map(({ inputs }) => inputs.renderYamlToDirectory)).toEqual(["../.millrace/lab/manifests"]);
  });
});

describe("aws-ohio as components", () => {
  const ohio = opening(siteText("aws-ohio"), "aws-ohio");
  let seen: Awaited<ReturnType<typeof registered>> = [];
  beforeAll(async () => {
    seen = await registered(() => buildSite(ohio), "aws-ohio", true);
  });

  test("the names of components and children are public", async () => {
    const names = seen.map(({ type, name }) => `${type} ${name}`).sort();
    await expect(`${names.join("\n")}\n`).toMatchFileSnapshot("../golden/components/aws-ohio-names.txt");
  });

  test("registers exactly the resources of the plan, through a provider of the account and region alone", () => {
    const planned = resourcesOf(ohio.plan, ohio.catalog).map(({ type, name }) => `${type} ${name}`);
    const made = seen.filter(({ type }) => type.startsWith("aws:")).map(({ type, name }) => `${type} ${name}`);
    expect(made.sort()).toEqual([...planned].sort());
    const [provider, ...more] = seen.filter(({ type }) => type === "pulumi:providers:aws");
    expect(more).toEqual([]);
    expect(provider?.inputs).toMatchObject({ region: "us-east-2", allowedAccountIds: '["123456789012"]' });
  });

  test("a pool and a network tell the same on every target", () => {
    const told = (plan: typeof lab) =>
      partsOf(plan.plan, plan.catalog)
        .filter(({ component }) => component === "GpuNodePool" || component === "Network")
        .map(({ component, args }) => [component, Object.keys(args)]);
    const kinds = (plan: typeof lab) => Object.fromEntries(told(plan));
    expect(kinds(ohio)).toEqual(kinds(lab));
  });

  test("objects that are applied go to the cluster that is made, by the caller's own login", async () => {
    const text = siteText("aws-ohio").replace("objects: rendered", "objects: applied");
    const applied = await registered(() => buildSite(opening(text, "aws-ohio")), "aws-ohio", true);
    const provider = applied.find(({ type }) => type === "pulumi:providers:kubernetes");
    expect(Object.keys(provider?.inputs ?? {})).toEqual(["kubeconfig"]);
  });
});

test("target kubernetes goes to the named context", async () => {
  const seen = await registered(() =>
    buildSite(opening(labWith(["{ kind: render }", "{ kind: kubernetes, context: lab-1 }"]))),
  );
  const provider = seen.find(({ type }) => type === "pulumi:providers:kubernetes");
  expect(provider?.inputs).toEqual({ context: "lab-1" });
});

test("Kueue's own configuration is taken over, and stays on the cluster when the site goes", () => {
  const kueue = (target: string) => {
    const { plan, catalog } = opening(labWith(["{ kind: render }", target]));
    return objectsOf(plan, catalog).filter(
      ({ object, retained }) => retained || object.metadata.name === "kueue-manager-config",
    );
  };
  expect(kueue("{ kind: kubernetes, context: lab-1 }")).toMatchObject([
    { retained: true, object: { metadata: { annotations: { "pulumi.com/patchForce": "true" } } } },
  ]);
  expect(kueue("{ kind: render }").map(({ retained }) => retained)).toEqual([undefined]);
});

describe("a phase that is not accepted", () => {
  const { plan, catalog } = opening(labWith(["state: online", "state: burn-in"]));
  const objects = objectsOf(plan, catalog).map(({ object }) => object);

  test("has its queue held, with quota 0, and no endpoint", () => {
    const queue = JSON.stringify(objects.find(({ kind }) => kind === "ClusterQueue"));
    expect(queue).toContain('"stopPolicy":"Hold"');
    expect(queue.match(/"nominalQuota":"\d+"/g)).toEqual(Array(3).fill('"nominalQuota":"0"'));
    expect(objects.filter(({ kind }) => ["Deployment", "LeaderWorkerSet", "Service"].includes(kind))).toEqual([]);
  });
});

test("unknown watts leave the transformation out and the queue held", () => {
  const { plan, catalog } = opening(labWith(["gb300-nvl72", "vera-rubin-nvl72"]));
  const objects = objectsOf(plan, catalog).map(({ object }) => object);
  expect(JSON.stringify(objects.find(({ kind }) => kind === "ConfigMap"))).not.toContain("transformations");
  expect(JSON.stringify(objects.find(({ kind }) => kind === "ClusterQueue"))).toContain('"stopPolicy":"Hold"');
});

/** The lab beside a pool of another system, of a phase in the given state. */
const labBeside = (pool: string, system: string, state: string, ...more: readonly (readonly [string, string])[]) =>
  opening(
    labWith(
      [
        "buildings:\n",
        `buildings:\n  - { id: old, halls: 1, podsPerHall: 1, racksPerPod: 8, system: ${system}, otherIt: { value: 10 %, source: x } }\n`,
      ],
      ["phases:\n", `phases:\n  - { id: old, from: 2026-Q4, state: ${state}, buildings: [old], evidence: [] }\n`],
      ["pools:\n", `pools:\n  - { id: ${pool}, phase: old, spareRacks: 0, capacity: owned, powerBudget: 326.4 kW }\n`],
      ...more,
    ),
  );

test("an open pool of unknown watts is held, and leaves the others their power budget", () => {
  const { plan, catalog } = labBeside("next", "vera-rubin-nvl72", "online");
  const objects = objectsOf(plan, catalog).map(({ object }) => object);
  expect(JSON.stringify(objects.find(({ kind }) => kind === "ConfigMap"))).toContain('millrace.dev/watts: \\"1973\\"');
  const stops = objects
    .filter(({ kind }) => kind === "ClusterQueue")
    .map(({ metadata, spec }) => [metadata.name, (spec as { readonly stopPolicy: string }).stopPolicy]);
  expect(stops).toEqual([
    ["pool-next", "Hold"],
    ["pool-gb300", "None"],
  ]);
});

test("an endpoint that names what is not there is a bug, and never left out in silence", () => {
  const { plan, catalog } = opening(siteText("lab"));
  expect(() => objectsOf({ ...plan, tenants: [] }, catalog)).toThrow("tenant");
});

test("mixed GPUs count at the worst, never too low", () => {
  const mixed = labBeside("old", "dgx-h100", "designed");
  expect(mixed.plan.pools.map(({ wattsPerGpu }) => wattsPerGpu)).toEqual([1_275, 1_973]);
  expect(mixed.plan.network.wattsPerGpu).toBe(1_973);
});

test("ids that run into one another give no two objects one name, in the state or on the cluster", () => {
  const endpoint = (id: string, tenant: string, pool: string) =>
    `    - { id: ${id}, tenant: ${tenant}, pool: ${pool}, model: llama-3.1-70b, precision: fp8, replicas: 1, nodesPerReplica: 1, gpusPerNode: 4, image: { repository: r, tag: t } }\n`;
  const { plan, catalog } = labBeside(
    "gb300-a",
    "dgx-h100",
    "online",
    ["  tenants:\n", "  tenants:\n    - { id: a-b, priority: 1 }\n    - { id: b, priority: 1 }\n"],
    ["  endpoints:\n", `  endpoints:\n${endpoint("deny-all", "a-b", "gb300")}${endpoint("allow-dns", "b", "gb300-a")}`],
  );
  const objects = objectsOf(plan, catalog);
  const inState = objects.map(({ name, object }) => `${object.kind} ${name}`);
  const onCluster = objects.map(({ object: { kind, metadata } }) => `${kind} ${metadata.namespace} ${metadata.name}`);
  expect(new Set(inState).size).toBe(objects.length);
  expect(new Set(onCluster).size).toBe(objects.length);
});
