import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { KUBERNETES_VERSION, PULUMI_VERSION } from "./versions.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const MODULES = new URL("modules/", import.meta.url);
/** What is compiled in: without the version the provider handshake fails, without Kubernetes 1.34 charts are refused. */
export const PULUMI_FLAGS = [
  "-trimpath",
  "-tags",
  "osusergo",
  "-ldflags",
  `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${PULUMI_VERSION}`,
] as const;
export const PROVIDER_FLAGS = [
  "-trimpath",
  "-ldflags",
  "-s -w -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor=1 -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=34",
] as const;

/** Folders by the XDG base directory specification. */
export const cacheFolder = (environment: Environment): string =>
  join(environment.XDG_CACHE_HOME || join(homeOf(environment), ".cache"), "millrace");
export const stateFolder = (environment: Environment): string =>
  join(environment.XDG_STATE_HOME || join(homeOf(environment), ".local", "state"), "millrace");

const homeOf = (environment: Environment): string => environment.HOME || homedir();

/** The engine's own place in the cache: another version, module file or flag is another engine. */
export const engineFolder = (environment: Environment): string => join(cacheFolder(environment), "engine", engineKey());

/** Twelve hex digits over versions, flags, module files and platform. */
export function engineKey(): string {
  const hash = createHash("sha256");
  hash.update(
    JSON.stringify([PULUMI_VERSION, KUBERNETES_VERSION, PULUMI_FLAGS, PROVIDER_FLAGS, process.platform, process.arch]),
  );
  for (const file of [
    "pulumi/go.mod",
    "pulumi/go.sum",
    "kubernetes-provider/go.mod",
    "kubernetes-provider/go.sum",
    "kubernetes-provider/main.go",
  ]) {
    hash.update(readFileSync(new URL(file, MODULES)));
  }
  return hash.digest("hex").slice(0, 12);
}

export const moduleFolder = (name: "pulumi" | "kubernetes-provider"): URL => new URL(`${name}/`, MODULES);
