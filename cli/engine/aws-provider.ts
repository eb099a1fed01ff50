import { existsSync } from "node:fs";
import { join } from "node:path";
import { run, which } from "./command.ts";
import type { Engine } from "./ensure.ts";
import { pulumiIn } from "./install.ts";
import type { Environment } from "./places.ts";
import type { Progress } from "./progress.ts";
import { AWS_VERSION } from "./versions.ts";

const PROVIDER = "pulumi-resource-aws";
const TRANSFER_MS = 600_000;

/**
 * Sees to it that the engine finds the AWS provider: on PATH, among its plugins, else by the official download. Null
 * where it is there, else why it is not.
 */
export async function ensureAwsProvider(
  { root, home }: Engine,
  progress: Progress,
  environment: Environment = process.env,
): Promise<string | null> {
  if (which(PROVIDER, environment.PATH ?? "") !== null) return null;
  if (existsSync(join(home, "plugins", `resource-aws-v${AWS_VERSION}`, PROVIDER))) return null;
  progress({ kind: "step", text: `fetching the AWS provider ${AWS_VERSION} from its official release` });
  const args = ["plugin", "install", "resource", "aws", AWS_VERSION, "--non-interactive"];
  const fetched = await run(pulumiIn(root), args, {
    environment: { PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: TRANSFER_MS,
  });
  if (fetched.code === 0) return null;
  const why = fetched.stderr.trim().split("\n").at(-1)?.slice(0, 200);
  return `the AWS provider ${AWS_VERSION} cannot be had: ${why || "plugin install failed"}\nwhat helps: ${PROVIDER} on PATH, or a way to its official download`;
}
