import { join, relative, resolve } from "node:path";
import type { KubernetesObject } from "../../components/kubernetes.ts";
import type { Opened } from "../../components/open.ts";
import { manifestsFolder } from "../../components/program.ts";
import type { RegisteredObject } from "../../policies/registered.ts";
import { record } from "./record.ts";
import { type Written, writeManifests } from "./write.ts";

export interface Rendered {
  /** Folder as the user would type it. */
  readonly folder: string;
  readonly registered: readonly RegisteredObject[];
  readonly written: Written;
}

/** Records a site's program and writes its objects, to the folder that target `render` uses unless another is named. */
export async function renderInto(root: string, opened: Opened, output?: string): Promise<Rendered> {
  const folder = output === undefined ? join(root, manifestsFolder(opened.plan.site)) : resolve(output);
  const registered = await record(opened);
  const objects = registered.map(({ object }) => object as KubernetesObject).filter(({ kind }) => kind !== undefined);
  return {
    folder: relative(process.cwd(), folder) || ".",
    registered,
    written: writeManifests(folder, opened.plan.site, objects),
  };
}

/** "22 manifests in .millrace/lab/manifests: 2 added, 1 changed, 19 unchanged". */
export function showWritten({ added, changed, removed, same }: Written, folder: string): string {
  const parts = [
    [added.length, "added"],
    [changed.length, "changed"],
    [removed.length, "removed"],
    [same, "unchanged"],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return `${added.length + changed.length + same} manifests in ${folder}: ${told.join(", ") || "none"}`;
}
