import { dirname } from "node:path";
import { which } from "../command.ts";
import { hasProvider, placeProvider, versionOf } from "../install.ts";
import { KUBERNETES_VERSION, PULUMI_VERSION } from "../versions.ts";

/** An engine that the user has already, in exactly our version, with the provider; a reason where there is none. */
export async function engineOnPath(home: string): Promise<{ readonly root: string } | string> {
  const path = process.env.PATH ?? "";
  const pulumi = which("pulumi", path);
  if (pulumi === null) return "no pulumi on PATH";
  const version = await versionOf(pulumi);
  if (version !== PULUMI_VERSION)
    return `pulumi on PATH is ${version ?? "of no version that it tells"}, not ${PULUMI_VERSION}`;
  if (!hasProvider(home)) {
    const provider = which("pulumi-resource-kubernetes", path);
    if (provider === null) return `no Kubernetes provider ${KUBERNETES_VERSION} among its plugins or on PATH`;
    placeProvider(provider, home);
  }
  return { root: dirname(dirname(pulumi)) };
}
