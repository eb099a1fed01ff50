import * as pulumi from "@pulumi/pulumi";
import { Site } from "./component.ts";
import type { Opened } from "./open.ts";
import type { Plan } from "./plan-types.ts";
import type { Cloud } from "./register.ts";

/** Where target `render` writes, from the folder that holds `stacks/`. */
export const manifestsFolder = (site: string): string => `.millrace/${site}/manifests`;
/** The provider takes paths from the program's own folder, `stacks/`. */
const fromProgram = (folder: string): string => `../${folder}`;

/** The Pulumi program of a site: the same inline, under stock `pulumi`, and against the recording monitor of `render`. */
export async function buildSite(
  { plan, catalog }: Opened,
  given: Cloud | null = null,
): Promise<Readonly<Record<string, unknown>>> {
  const cloud = given ?? (await cloudOf(plan));
  new Site(plan.site, { plan, catalog, manifests: fromProgram(manifestsFolder(plan.site)), cloud });
  return { site: plan.site };
}

/** For who asks for the Kubernetes objects alone. */
export const NO_CLOUD: Cloud = { register: () => {}, kubeconfig: () => pulumi.output("") };

/** The SDK of a cloud is large: it is loaded by a program that builds on it, and by no other. */
async function cloudOf({ site, target }: Plan): Promise<Cloud | null> {
  if (target.kind !== "aws") return null;
  const { awsCloud } = await import("./aws/register.ts");
  return awsCloud(site, target);
}
