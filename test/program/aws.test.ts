import { readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { EngineEvent, Operated, Operation } from "../../cli/engine/index.ts";
import { openSite } from "../../components/open.ts";
import { buildSite } from "../../components/program.ts";
import { RULE_IDS } from "../../policies/registry.ts";
import { TODAY } from "../support/context.ts";
import { hasEngine, operated, temporaryProject } from "../support/engine.ts";
import { ROOT } from "../support/sites.ts";

const { root } = temporaryProject({ copied: ["Pulumi.yaml", "package.json", "stacks", "components", "policies"] });
const blueprint = join(root, "stacks", "aws-ohio", "site.yaml");

/** The engine finds the stand-in for AWS where it would find the provider: on PATH. */
beforeAll(() => {
  const standIn = join(ROOT, "test", "aws", "stand-in");
  vi.stubEnv("PATH", [standIn, process.env.PATH].join(delimiter));
});

function run(operation: Operation, onEvent: (event: EngineEvent) => void = () => {}): Promise<Operated> {
  const opened = openSite(join(root, "stacks"), "aws-ohio", RULE_IDS);
  if (!opened.ok) throw new Error(opened.faults.map(({ path, problem }) => `${path}: ${problem}`).join("\n"));
  return operated(operation, {
    root,
    site: "aws-ohio",
    packs: [join(ROOT, "policies", "pack.mjs")],
    variables: { MILLRACE_STACKS: join(root, "stacks"), MILLRACE_TODAY: TODAY, MILLRACE_AS_STATE: "" },
    onEvent,
    program: async () => ({ ...(await buildSite(opened)) }),
  });
}

const ANOTHER_POOL = `  - id: burst
    phase: ohio
    capacity: on-demand
    instances: { type: p5.4xlarge, count: 2, spare: 0, zone: us-east-2a }

serving:`;

describe.skipIf(!hasEngine)("aws-ohio on the real engine, with a stand-in for AWS", { timeout: 240_000 }, () => {
  test("preview, up, up again without a change, another pool, destroy", async () => {
    const previewed = await run("preview");
    expect(previewed).toMatchObject({ outcome: "succeeded", errors: [], violations: [] });
    expect(Object.keys(previewed.changes)).toEqual(["create"]);
    const resources = previewed.changes.create;
    expect(await run("up")).toMatchObject({ outcome: "succeeded", changes: { create: resources } });
    expect(await run("up")).toMatchObject({ outcome: "succeeded", changes: { same: resources } });

    writeFileSync(blueprint, readFileSync(blueprint, "utf8").replace("\nserving:", ANOTHER_POOL));
    const changed: string[] = [];
    await run("preview", (event) => {
      if (event.kind === "resource" && event.op !== "same") changed.push(`${event.op} ${event.name}`);
    });
    // The site tells policies which plan it stands for.
    expect(changed.filter((line) => !/^create aws-ohio-(?:pool|power)-burst/.test(line))).toEqual(["update aws-ohio"]);
    expect(changed).toEqual(
      expect.arrayContaining(["create aws-ohio-pool-burst-nodes", "create aws-ohio-pool-burst-template"]),
    );

    expect(await run("destroy")).toMatchObject({ outcome: "succeeded", changes: { delete: resources } });
  });
});
