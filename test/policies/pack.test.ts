import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type RegisteredObject, UNKNOWN } from "../../policies/registered.ts";
import { RULE_TEXTS, RULES } from "../../policies/registry.ts";
import { plannedObjects } from "../support/context.ts";
import { type RunningPack, type Said, startPack } from "../support/pack.ts";
import { restrictedPod } from "../support/restricted-pod.ts";
import { labWith, opening, siteText } from "../support/sites.ts";

const lab = siteText("lab");
const short = labWith(["value: 2 MW", "value: 1 MW"]);
const waiver = (expires: string) =>
  `${short}\nwaivers:\n  - { rule: power/firm-supply, subject: 2026-Q4, reason: test, owner: me, ticket: T-1, expires: ${expires} }\n`;

/** Sites by name, as they lie in the folder that the pack reads. */
const SITES: Readonly<Record<string, string>> = {
  lab,
  short,
  waived: waiver("2026-11-24"),
  expired: waiver("2026-11-23"),
  eager: labWith([lab.slice(lab.indexOf("      - gate: factory"), lab.indexOf("\nnetwork:")), ""]),
  planned: siteText("independence-mo"),
  "aws-ohio": siteText("aws-ohio"),
  faulty: labWith(["system: gb300-nvl72", "system: gb300-nvl27"], ["value: 2 MW", "value: 2 mW"]),
};

let pack: RunningPack;
const stacks = mkdtempSync(join(tmpdir(), "millrace-pack-"));

beforeAll(async () => {
  for (const [site, text] of Object.entries(SITES)) {
    mkdirSync(join(stacks, site));
    writeFileSync(join(stacks, site, "site.yaml"), text);
  }
  pack = await startPack({ MILLRACE_STACKS: stacks, MILLRACE_TODAY: "2026-11-24", MILLRACE_AS_STATE: "" });
});
afterEach(() => pack.configure({}));
afterAll(async () => {
  await pack.stop();
  rmSync(stacks, { recursive: true });
});

const planned = (site: string): readonly RegisteredObject[] => plannedObjects(opening(SITES[site] ?? "", site));
const judged = async (site: string, ...extra: readonly RegisteredObject[]): Promise<readonly Said[]> =>
  pack.judge(site, [...planned(site), ...extra]);
/** Policy and the first word of what it said: the verdict. */
const verdicts = (said: readonly Said[], level: Said["level"] = "mandatory") =>
  said.filter((each) => each.level === level).map(({ policy, text }) => `${policy} ${text.split(":")[0]}`);

const deployment = (spec: object): RegisteredObject => ({
  urn: "by-hand",
  object: { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "by-hand", namespace: "default" }, spec },
});
const pod = (gpus: unknown) => ({ spec: restrictedPod(gpus) });

test("every rule is a policy, with an advisory twin where its weight rises with the state", async () => {
  const names = RULE_TEXTS.flatMap(({ id, mandatoryFrom }) => (mandatoryFrom === null ? [id] : [id, `${id}.advisory`]));
  const policies = await pack.policies();
  expect(policies.map(({ name }) => name)).toEqual(names);
  for (const { id, enforcement } of RULE_TEXTS)
    expect(policies.find(({ name }) => name === id)?.level, id).toBe(enforcement);
});

test("what the plan registers passes", async () => {
  expect(await judged("lab")).toEqual([]);
});

test("a cluster on AWS that the internet reaches blocks, whoever wrote it", async () => {
  const cluster = (endpointPublicAccess: unknown): RegisteredObject => ({
    urn: "urn:pulumi:lab::millrace::aws:eks/cluster:Cluster::by-hand",
    object: { name: "by-hand", vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess } },
  });
  const [said] = (await judged("lab", cluster(true))).filter(({ policy }) => policy === "aws/cluster-hardened");
  expect(said).toMatchObject({
    level: "mandatory",
    text: expect.stringContaining("violated: by-hand: not so: no public endpoint"),
  });
  const [unknown] = (await judged("lab", cluster(UNKNOWN))).filter(({ policy }) => policy === "aws/cluster-hardened");
  expect(unknown?.text).not.toContain("no public endpoint");
});

test("a site on AWS without its cluster is unproved", async () => {
  expect(verdicts(await judged("aws-ohio"))).toContain("aws/cluster-hardened unproved");
});

test("a violated rule blocks, with place and fix", async () => {
  const [said, ...others] = await judged("short");
  expect(others).toEqual([]);
  expect(said).toMatchObject({ policy: "power/firm-supply", level: "mandatory" });
  expect(said?.urn).toBe("urn:pulumi:short::millrace::pulumi:pulumi:Stack::millrace-short");
  expect(said?.text).toMatch(
    /^violated: lab: needs 1\.536 MW firm at the meter, has 1 MW; short by 536\.327 kW\nstacks\/short\/site\.yaml:\d+:\d+\nfix: \d+ racks fewer/,
  );
});

test("a waiver that counts lets it pass, one that has expired does not", async () => {
  expect(await judged("waived")).toEqual([]);
  const expired = await judged("expired");
  expect(verdicts(expired)).toEqual(["power/firm-supply violated"]);
  expect(verdicts(expired, "advisory")).toEqual(["site/waivers violated"]);
});

test("a Deployment of 64 GPUs by hand is stopped, and named", async () => {
  const said = await judged("lab", deployment({ replicas: 8, template: pod("8") }));
  expect(verdicts(said)).toEqual([
    "compute/pool-capacity violated",
    "compute/queued violated",
    "serving/topology-annotation violated",
  ]);
  expect(said.find(({ policy }) => policy === "compute/queued")?.urn).toBe(
    "urn:pulumi:lab::millrace::kubernetes:apps/v1:Deployment::by-hand",
  );
});

test.each([
  ["replicas", { replicas: UNKNOWN, template: pod("1") }],
  ["GPUs", { replicas: 1, template: pod(UNKNOWN) }],
  ["the pod", { replicas: 1, template: UNKNOWN }],
])("%s not known at preview: blocked, not passed as advisory", async (_, spec) => {
  const said = await judged("lab", deployment(spec));
  expect(verdicts(said)).toEqual(expect.arrayContaining(["compute/pool-capacity unproved", "compute/queued unproved"]));
  expect(verdicts(said, "advisory")).toEqual([]);
});

test("a quota that is not known blocks", async () => {
  const objects = planned("lab").map(({ urn, object }) =>
    (object as { readonly kind: string }).kind === "ClusterQueue"
      ? { urn, object: { ...(object as object), spec: UNKNOWN } }
      : { urn, object },
  );
  expect(verdicts(await pack.judge("lab", objects))).toEqual([
    "power/registered-quota unproved",
    "compute/pool-plan unproved",
  ]);
});

test.each([
  ["a chart that the provider installs", "kubernetes:helm.sh/v3:Release", { chart: "any" }, ["unproved"]],
  ["a group of which nobody knows the objects", "kubernetes:yaml/v2:ConfigGroup", { resources: UNKNOWN }, ["unproved"]],
  ["a group whose objects are registered one by one", "kubernetes:yaml/v2:ConfigGroup", { resources: [] }, []],
])("%s", async (_, type, object, expected) => {
  const said = await judged("lab", { urn: `urn:pulumi:lab::millrace::${type}::extra`, object });
  expect(said.filter(({ policy }) => policy === "compute/queued").map(({ text }) => text.split(":")[0])).toEqual(
    expected,
  );
});

test("a phase set online without its evidence is stopped, gate by gate", async () => {
  const said = await judged("eager");
  expect(new Set(verdicts(said))).toEqual(new Set(["site/gates unproved", "site/studies unproved"]));
  expect(said.length).toBeGreaterThan(10);
});

test("what is only planned may be incomplete: advisory, by the twins", async () => {
  const said = await judged("planned");
  expect(verdicts(said)).toEqual([]);
  expect(said.length).toBeGreaterThan(0);
  expect(said.every(({ policy }) => policy.endsWith(".advisory") || policy === "cost/price-age")).toBe(true);
});

test.each([
  ["a blueprint with faults", "faulty", "unproved: the blueprint cannot be read\n", "and 1 more: millrace check"],
  ["a stack that is no site", "nowhere", "unproved: the blueprint cannot be read\n", "nowhere/site.yaml"],
])("%s fails every mandatory rule", async (_, stack, start, part) => {
  const said = await pack.judge(stack, planned("lab"));
  const mandatory = RULES.filter(({ enforcement }) => enforcement === "mandatory").map(({ id }) => id);
  expect(said.filter(({ level }) => level === "mandatory").map(({ policy }) => policy)).toEqual(mandatory);
  for (const { text } of said) {
    expect(text.startsWith(start)).toBe(true);
    expect(text).toContain(part);
  }
});

test("a configuration lowers a rule: said, and not blocking", async () => {
  await pack.configure({ "power/firm-supply": "advisory" });
  const said = await judged("short");
  expect(verdicts(said)).toEqual([]);
  expect(verdicts(said, "advisory")).toEqual(["power/firm-supply violated"]);
});
