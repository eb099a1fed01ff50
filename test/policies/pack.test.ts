import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UNKNOWN } from "../../policies/registered.ts";
import { plannedObjects } from "../support/context.ts";
import { type Pack, startPack } from "../support/pack.ts";
import { opening, ROOT, siteText } from "../support/sites.ts";

const lab = plannedObjects(opening(siteText("lab"))).map(({ object }) => object);
const byHand = (gpus: unknown) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "by-hand", namespace: "default" },
  spec: {
    replicas: 8,
    template: {
      spec: { containers: [{ name: "c", image: "a/b:latest", resources: { limits: { "nvidia.com/gpu": gpus } } }] },
    },
  },
});

describe("the pack over the wire", () => {
  let pack: Pack;
  beforeAll(async () => {
    pack = await startPack();
  });
  afterAll(() => pack.stop());

  const mandatory = async (objects: readonly unknown[], stack = "lab") =>
    (await pack.analyze(stack, objects)).filter(({ level }) => level === "mandatory");

  test("has nothing against what the lab registers", async () => {
    expect(await pack.analyze("lab", lab)).toEqual([]);
  });

  test("stops a Deployment of 64 GPUs that somebody adds by hand", async () => {
    const told = await mandatory([...lab, byHand("8")]);
    expect([...new Set(told.map(({ policy }) => policy))].sort()).toEqual([
      "compute/pool-capacity",
      "compute/queued",
      "serving/image-digest",
      "serving/pod-security",
    ]);
    expect(told.map(({ message }) => message).join("\n")).toContain(
      "Deployment by-hand asks for 64 GPUs outside any registered queue",
    );
  });

  test("stops what it cannot see: an unknown never becomes advice", async () => {
    const told = await mandatory([...lab, byHand(UNKNOWN)]);
    expect(told.find(({ policy }) => policy === "compute/pool-capacity")?.message).toContain("unproved: ");
  });

  test("stops a queue that hands out more than the racks draw", async () => {
    const wide = lab.map(
      (object) => JSON.parse(JSON.stringify(object).replaceAll('"1136000"', '"2136000"')) as unknown,
    );
    expect((await mandatory(wide)).map(({ policy }) => policy)).toEqual(["power/registered-quota"]);
  });

  test("fails closed for a stack that is no site", async () => {
    const told = await mandatory(lab, "nowhere");
    expect(told.length).toBeGreaterThan(10);
    expect(told[0]?.message).toContain("file cannot be read");
  });

  test("advises on what is not mandatory yet", async () => {
    const objects = plannedObjects(opening(siteText("independence-mo"), "independence-mo")).map(({ object }) => object);
    const told = await pack.analyze("independence-mo", objects);
    expect(told.filter(({ level }) => level === "mandatory")).toEqual([]);
    const firm = told.filter(({ policy, level }) => policy === "power/firm-supply.advisory" && level === "advisory");
    expect(firm.map(({ message }) => message).join("\n")).toContain("short by 12.656 MW");
  });
});

describe("the pack with another blueprint", () => {
  const folder = mkdtempSync(join(tmpdir(), "millrace-pack-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("stops a phase that is online without evidence", async () => {
    cpSync(`${ROOT}/stacks/lab`, join(folder, "lab"), { recursive: true });
    const bare = siteText("lab")
      .replace(/ *- \{ gate:.*\n/g, "")
      .replace("evidence:\n", "evidence: []\n");
    writeFileSync(join(folder, "lab", "site.yaml"), bare);
    const pack = await startPack({ MILLRACE_STACKS: folder });
    try {
      const told = await pack.analyze("lab", lab);
      expect(told.filter(({ policy, level }) => policy === "site/gates" && level === "mandatory")).toHaveLength(19);
    } finally {
      pack.stop();
    }
  });
});
