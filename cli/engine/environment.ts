import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { createWhole } from "../whole-file.ts";
import type { Engine } from "./ensure.ts";
import { type Environment, stateFolder, userPulumiHome } from "./places.ts";

/** Switches that keep a run from reaching out on its own. */
const QUIET = {
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
} as const;

/**
 * Environment of the engine's runs, to be laid over the user's own. State goes to a local file backend and secrets
 * under a generated passphrase, both outside the repository, unless the user has a login, a backend or a passphrase:
 * these are always respected.
 */
export function engineEnvironment(
  engine: Engine,
  root: string,
  own: Environment = process.env,
): Readonly<Record<string, string>> {
  return {
    ...QUIET,
    ...backendOf(engine, root, own),
    ...passphraseOf(own),
    PULUMI_HOME: engine.home,
    PATH: pathOf(engine, own),
  };
}

/**
 * Our backend only where the user has chosen none: by variable, by token, in Pulumi.yaml, or by a login. A login lies
 * in the user's own PULUMI_HOME, so the engine is told where when its home is another.
 */
function backendOf(engine: Engine, root: string, own: Environment): Readonly<Record<string, string>> {
  const login = own.PULUMI_CREDENTIALS_PATH || userPulumiHome(own);
  const named = own.PULUMI_BACKEND_URL || own.PULUMI_ACCESS_TOKEN || namesBackend(join(root, "Pulumi.yaml"));
  if (named || isLoggedIn(login))
    return login === engine.home || !existsSync(login) ? {} : { PULUMI_CREDENTIALS_PATH: login };
  const backend = ensureFolder(join(stateFolder(own), "backend"));
  return { PULUMI_BACKEND_URL: `file://${backend}`, PULUMI_CREDENTIAL_STORE: "plaintext" };
}

/** An empty passphrase is one, too. */
function passphraseOf(own: Environment): Readonly<Record<string, string>> {
  if (own.PULUMI_CONFIG_PASSPHRASE !== undefined || own.PULUMI_CONFIG_PASSPHRASE_FILE) return {};
  return { PULUMI_CONFIG_PASSPHRASE_FILE: ensurePassphrase(stateFolder(own)) };
}

/** First the Node that runs this, since it can run what the engine starts; then the project's tools and the engine. */
function pathOf(engine: Engine, own: Environment): string {
  const tools = fileURLToPath(new URL("../../node_modules/.bin", import.meta.url));
  return [dirname(process.execPath), tools, join(engine.root, "bin"), own.PATH ?? ""].join(delimiter);
}

function isLoggedIn(home: string): boolean {
  try {
    const credentials = JSON.parse(readFileSync(join(home, "credentials.json"), "utf8")) as { current?: unknown };
    return typeof credentials.current === "string" && credentials.current !== "";
  } catch {
    return false;
  }
}

function namesBackend(projectFile: string): boolean {
  try {
    const project = parse(readFileSync(projectFile, "utf8")) as { backend?: { url?: unknown } } | null;
    return typeof project?.backend?.url === "string" && project.backend.url !== "";
  } catch {
    return false;
  }
}

function ensureFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** A passphrase of our own, made once, readable by the user alone; of two runs that make it at once, the first wins. */
function ensurePassphrase(folder: string): string {
  const file = join(ensureFolder(folder), "passphrase");
  if (!existsSync(file)) createWhole(file, randomBytes(32).toString("base64url"), 0o600);
  return file;
}
