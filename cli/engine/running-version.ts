import { run } from "./command.ts";
import { KUBERNETES_VERSION, PULUMI_VERSION } from "./versions.ts";

const STARTS_WITHIN_MS = 30_000;
/** The schema is indented by two: the provider's own version stands at its first level. */
const SCHEMA_VERSION = /^ {2}"version": "([^"]*)"/;

/** Why the executable is not the Pulumi command line of our version, by running it; null where it is. */
export async function misfitOfPulumi(pulumi: string): Promise<string | null> {
  const ran = await run(pulumi, ["version"], {
    environment: { PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: STARTS_WITHIN_MS,
  });
  if (ran.code !== 0) return `${pulumi} does not run`;
  const version = ran.stdout.trim().replace(/^v/, "");
  return version === PULUMI_VERSION ? null : `${pulumi} is ${version}, not ${PULUMI_VERSION}`;
}

/** Why the executable is not the Kubernetes provider of our version, by having the engine start it; null where it is. */
export async function misfitOfProvider(provider: string, pulumi: string, home: string): Promise<string | null> {
  let version: string | null = null;
  const ran = await run(pulumi, ["package", "get-schema", provider], {
    environment: { PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: STARTS_WITHIN_MS,
    onStdout: (line) => {
      version ??= SCHEMA_VERSION.exec(line)?.[1] ?? null;
    },
  });
  if (ran.code !== 0 || version === null) return `${provider} does not run`;
  return version === KUBERNETES_VERSION ? null : `${provider} is ${version}, not ${KUBERNETES_VERSION}`;
}
