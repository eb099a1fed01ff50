import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import type { Engine } from "./install.ts";
import { stateFolder } from "./places.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** Switches that keep a run from reaching out on its own, and from asking. */
const QUIET = {
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
  PULUMI_CREDENTIAL_STORE: "plaintext",
} as const;

/**
 * Environment of the engine's runs. State goes to a local file backend and secrets under a generated passphrase, both
 * outside the repository, unless the user has a login, a backend or a passphrase: these are always respected.
 */
export function engineEnvironment(
  engine: Engine,
  root: string,
  own: Variables = process.env,
): Readonly<Record<string, string>> {
  const folder = stateFolder(own);
  const backend = hasBackend(own, root)
    ? {}
    : { PULUMI_BACKEND_URL: `file://${ensureFolder(join(folder, "backend"))}` };
  const passphrase = hasPassphrase(own) ? {} : { PULUMI_CONFIG_PASSPHRASE_FILE: ensurePassphrase(folder) };
  const bin = fileURLToPath(new URL("../../node_modules/.bin", import.meta.url));
  return {
    ...QUIET,
    ...backend,
    ...passphrase,
    PULUMI_HOME: engine.home,
    PATH: [bin, join(engine.root, "bin"), own.PATH ?? ""].join(delimiter),
  };
}

/** A backend that the user has chosen: by variable, by token, in Pulumi.yaml, or by a login. */
export function hasBackend(own: Variables, root: string): boolean {
  if (own.PULUMI_BACKEND_URL || own.PULUMI_ACCESS_TOKEN) return true;
  const project = readYaml(join(root, "Pulumi.yaml"));
  if (typeof project?.backend?.url === "string" && project.backend.url !== "") return true;
  return isLoggedIn(own.PULUMI_HOME || join(own.HOME || homedir(), ".pulumi"));
}

const hasPassphrase = (own: Variables): boolean =>
  own.PULUMI_CONFIG_PASSPHRASE !== undefined || Boolean(own.PULUMI_CONFIG_PASSPHRASE_FILE);

function isLoggedIn(home: string): boolean {
  try {
    const credentials = JSON.parse(readFileSync(join(home, "credentials.json"), "utf8")) as { current?: string };
    return typeof credentials.current === "string" && credentials.current !== "";
  } catch {
    return false;
  }
}

function readYaml(file: string): { backend?: { url?: unknown } } | null {
  try {
    return parse(readFileSync(file, "utf8")) as { backend?: { url?: unknown } };
  } catch {
    return null;
  }
}

function ensureFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** A passphrase of our own, made once, readable by the user alone. */
function ensurePassphrase(folder: string): string {
  const file = join(ensureFolder(folder), "passphrase");
  if (!existsSync(file)) {
    try {
      writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  return file;
}
