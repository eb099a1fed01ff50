import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ensureAwsProvider } from "../../cli/engine/aws-provider.ts";
import { AWS_VERSION } from "../../cli/engine/versions.ts";
import packageJson from "../../package.json" with { type: "json" };
import { script, temporaryFolder } from "../support/executables.ts";

/** An engine whose `pulumi` writes down what it was asked, and ends so. */
function engine(code: number) {
  const root = temporaryFolder();
  const home = join(root, "home");
  script(join(root, "bin", "pulumi"), `echo "$@" > "${root}/asked"`, "echo 'error: no way out' >&2", `exit ${code}`);
  return { engine: { root, home, from: "path" as const }, root, home };
}
const silent = () => {};

test("the provider is of the version of the SDK", () => {
  expect(AWS_VERSION).toBe(packageJson.dependencies["@pulumi/aws"]);
});

test("one on PATH, or among the plugins, is taken as it is", async () => {
  const { engine: got, root, home } = engine(1);
  script(join(root, "tools", "pulumi-resource-aws"));
  expect(await ensureAwsProvider(got, silent, { PATH: join(root, "tools") })).toBeNull();
  script(join(home, "plugins", `resource-aws-v${AWS_VERSION}`, "pulumi-resource-aws"));
  expect(await ensureAwsProvider(got, silent, { PATH: "" })).toBeNull();
});

test("else the engine fetches it, and what it says is told where it cannot", async () => {
  const able = engine(0);
  const steps: string[] = [];
  expect(
    await ensureAwsProvider(able.engine, (event) => event.kind === "step" && steps.push(event.text), { PATH: "" }),
  ).toBeNull();
  expect(readFileSync(join(able.root, "asked"), "utf8")).toBe(
    `plugin install resource aws ${AWS_VERSION} --non-interactive\n`,
  );
  expect(steps).toEqual([`fetching the AWS provider ${AWS_VERSION} from its official release`]);
  expect(await ensureAwsProvider(engine(1).engine, silent, { PATH: "" })).toContain("cannot be had: error: no way out");
});
