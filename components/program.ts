import { Site } from "./component.ts";
import type { Opened } from "./open.ts";

/** Where target `render` writes, from the folder that holds `stacks/`. */
export const manifestsFolder = (site: string): string => `.millrace/${site}/manifests`;
/** The provider takes paths from the program's own folder, `stacks/`. */
const fromProgram = (folder: string): string => `../${folder}`;

/** The Pulumi program of a site: the same inline, under stock `pulumi`, and against the recording monitor of `render`. */
export function buildSite({ plan, catalog }: Opened): Readonly<Record<string, unknown>> {
  new Site(plan.site, { plan, catalog, manifests: fromProgram(manifestsFolder(plan.site)) });
  return { site: plan.site };
}
