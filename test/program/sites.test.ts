import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as kubernetes from "@pulumi/kubernetes";
import { describe, expect, test } from "vitest";
import type { EngineEvent, Operated, Operation } from "../../cli/engine/index.ts";
import { type Opened, openSite } from "../../components/open.ts";
import { buildSite, manifestsFolder } from "../../components/program.ts";
import { RULE_IDS } from "../../policies/registry.ts";
import { withAnotherPod } from "../support/another-pod.ts";
import { TODAY } from "../support/context.ts";
import { hasEngine, operated, pulumi, temporaryProject } from "../support/engine.ts";
import { labWithoutGate, ROOT, siteText } from "../support/sites.ts";

const SITES = ["lab", "independence-mo"];
const { root } = temporaryProject({ copied: ["Pulumi.yaml", "package.json", "stacks", "components", "policies"] });

function opened(site: string): Opened {
  const result = openSite(join(root, "stacks"), site, RULE_IDS);
  if (!result.ok) throw new Error(`${site} has faults`);
  return result;
}

/** An operation on a site with the policy pack of this project, as the command line runs it. */
function run(
  operation: Operation,
  site: string,
  extra: () => void = () => {},
  onEvent: (event: EngineEvent) => void = () => {},
): Promise<Operated> {
  const planned = opened(site);
  return operated(operation, {
    root,
    site,
    packs: [join(ROOT, "policies", "pack.mjs")],
    variables: { MILLRACE_STACKS: join(root, "stacks"), MILLRACE_TODAY: TODAY, MILLRACE_AS_STATE: "" },
    onEvent,
    program: async () => {
      extra();
      return { ...(await buildSite(planned)) };
    },
  });
}

const policies = ({ violations }: Operated) =>
  [...new Set(violations.filter(({ level }) => level === "mandatory").map(({ policy }) => policy))].sort();

/** Manifests by file name. */
function manifests(site: string): ReadonlyMap<string, string> {
  const folder = join(root, manifestsFolder(site));
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(files.map(({ name, parentPath }) => [name, readFileSync(join(parentPath, name), "utf8")]));
}

/** What a preview changes once a pod of racks is added; the site tells policies which plan it stands for. */
async function changesByAnotherPod(site: string): Promise<readonly string[]> {
  const blueprint = join(root, "stacks", site, "site.yaml");
  const text = readFileSync(blueprint, "utf8");
  const changed: string[] = [];
  writeFileSync(blueprint, withAnotherPod(text));
  const previewed = await run(
    "preview",
    site,
    () => {},
    (event) => {
      if (event.kind === "resource" && event.op !== "same") changed.push(`${event.op} ${event.name}`);
    },
  );
  writeFileSync(blueprint, text);
  expect(previewed).toMatchObject({ outcome: "succeeded", errors: [] });
  return [...new Set(changed)].sort();
}
const ANNEX = [
  "create independence-mo-pool-annex",
  "create independence-mo-pool-annex-flavor",
  "create independence-mo-power-annex",
  "create independence-mo-power-annex-flavor",
  "create independence-mo-power-annex-queue",
  "update independence-mo",
];

describe.skipIf(!hasEngine)("through the real engine", { timeout: 180_000 }, () => {
  test.each(SITES)("%s: preview, up, up again without a change, destroy", async (site) => {
    const previewed = await run("preview", site);
    expect(previewed).toMatchObject({ outcome: "succeeded", errors: [] });
    expect(Object.keys(previewed.changes)).toEqual(["create"]);
    expect(manifests(site).size).toBe(0);

    const resources = previewed.changes.create;
    expect(await run("up", site)).toMatchObject({ outcome: "succeeded", changes: { create: resources } });
    const written = manifests(site);
    expect(written.size).toBeGreaterThan(0);
    expect(await run("up", site)).toMatchObject({ outcome: "succeeded", changes: { same: resources } });
    expect(manifests(site)).toEqual(written);
    // The lab has no supply for more racks, and its preview would be stopped.
    if (site === "independence-mo") expect(await changesByAnotherPod(site)).toEqual(ANNEX);

    expect(await run("destroy", site)).toMatchObject({ outcome: "succeeded", changes: { delete: resources } });
    expect(manifests(site).size).toBe(0);
  });

  test("a Deployment of 64 GPUs added by hand is stopped before anything is applied", async () => {
    const container = { name: "hand", image: "example.com/hand", resources: { limits: { "nvidia.com/gpu": "8" } } };
    const byHand = () => {
      new kubernetes.apps.v1.Deployment("by-hand", {
        metadata: { name: "by-hand", namespace: "tenant-research" },
        spec: {
          replicas: 8,
          selector: { matchLabels: { app: "hand" } },
          template: { metadata: { labels: { app: "hand" } }, spec: { containers: [container] } },
        },
      });
    };
    const blocked = await run("up", "lab", byHand);
    expect(blocked.outcome).toBe("blocked");
    expect(policies(blocked)).toEqual(expect.arrayContaining(["compute/pool-capacity", "compute/queued"]));
    expect(blocked.violations.map(({ message }) => message).join("\n")).toContain(
      "Deployment by-hand asks for 64 GPUs",
    );
    expect(manifests("lab").size).toBe(0);
  });

  test("a phase set online without its evidence is stopped, and each missing gate is named", async () => {
    const site = join(root, "stacks", "lab", "site.yaml");
    const text = siteText("lab");
    try {
      writeFileSync(site, labWithoutGate("gpu-burn"));
      const blocked = await run("up", "lab");
      expect(blocked.outcome).toBe("blocked");
      expect(policies(blocked)).toEqual(["site/gates"]);
      expect(blocked.violations.map(({ message }) => message).join("\n")).toContain("gpu-burn");
    } finally {
      writeFileSync(site, text);
    }
  });

  test("stock pulumi previews the same resources under the directory pack", async () => {
    expect(await pulumi(root, "stack", "select", "--create", "lab")).toMatchObject({ code: 0 });
    const { code, stdout } = await pulumi(root, "preview", "-s", "lab", "--policy-pack", "policies");
    expect(stdout).toContain("millrace@v0.1.0");
    expect(code).toBe(0);
    expect(stdout).toContain(`+ ${(await run("preview", "lab")).changes.create} to create`);
  });
});
