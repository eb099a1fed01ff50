import { join, relative, resolve } from "node:path";
import type { KubernetesObject } from "../../components/kubernetes.ts";
import { manifestsFolder } from "../../components/program.ts";
import type { RegisteredObject } from "../../policies/registered.ts";
import { type Written, writeManifests } from "./write.ts";

/** A folder of manifests as the user would type it, and what became of its files. */
export interface Rendered {
  readonly folder: string;
  readonly written: Written;
}

/** Writes the objects of a recorded program, to the folder that target `render` uses unless another is named. */
export function writeSite(
  root: string,
  site: string,
  registered: readonly RegisteredObject[],
  output: string | undefined,
): Rendered {
  const folder = output === undefined ? join(root, manifestsFolder(site)) : resolve(output);
  const objects = registered.map(({ object }) => object as KubernetesObject).filter(({ kind }) => kind !== undefined);
  return { folder: relative(process.cwd(), folder) || ".", written: writeManifests(folder, site, objects) };
}

const MAX_FILES = 40;

/** "22 manifests in .millrace/lab/manifests: 1 changed, 21 unchanged", then the files that are not as they were. */
export function showRendered({ folder, written: { added, changed, removed, same } }: Rendered): string {
  const counts = [
    [added.length, "added"],
    [changed.length, "changed"],
    [removed.length, "removed"],
    [same, "unchanged"],
  ] as const;
  const told = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const files = [
    ...added.map((file) => `  + ${file}`),
    ...changed.map((file) => `  ~ ${file}`),
    ...removed.map((file) => `  - ${file}`),
  ];
  return [
    `${added.length + changed.length + same} manifests in ${folder}: ${told.join(", ") || "none"}`,
    ...files.slice(0, MAX_FILES),
    ...(files.length > MAX_FILES ? [`  … and ${files.length - MAX_FILES} more`] : []),
  ].join("\n");
}
