import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type KubernetesObject, LABEL } from "../../components/kubernetes.ts";
import { replaceWhole } from "../whole-file.ts";
import { readManifest, showManifest } from "./manifest.ts";

/** What became of the files, by path below the folder, sorted. */
export interface Written {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly same: number;
}

const MANIFESTS = "1-manifest";

/**
 * Writes each object to the file that the Kubernetes provider's render mode gives it. A file that holds the object
 * already stays as it is; those of this site whose object is gone are removed, other files are left alone.
 */
export function writeManifests(folder: string, site: string, objects: readonly KubernetesObject[]): Written {
  const wanted = byFile(objects);
  const removed = filesIn(folder).filter((file) => !wanted.has(file) && isOurs(join(folder, file), site));
  const states = [...wanted]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([file, object]) => ({ file, state: put(join(folder, file), object) }));
  for (const file of removed) rmSync(join(folder, file));
  const of = (state: string) => states.filter((each) => each.state === state).map(({ file }) => file);
  return { added: of("added"), changed: of("changed"), removed, same: of("same").length };
}

/** "<group>_<version>-<kind>-<namespace>-<name>.yaml"; an object without namespace stands under "default". */
export function fileName({ apiVersion, kind, metadata }: KubernetesObject): string {
  const parts = [apiVersion.replace("/", "_"), kind.toLowerCase(), metadata.namespace ?? "default", metadata.name];
  return `${parts.join("-")}.yaml`;
}

function byFile(objects: readonly KubernetesObject[]): ReadonlyMap<string, KubernetesObject> {
  const files = new Map(objects.map((object) => [`${MANIFESTS}/${fileName(object)}`, object]));
  if (files.size < objects.length) throw new Error("two objects of the program have one manifest");
  return files;
}

const filesIn = (folder: string): readonly string[] =>
  existsSync(join(folder, MANIFESTS))
    ? readdirSync(join(folder, MANIFESTS))
        .filter((name) => name.endsWith(".yaml"))
        .map((name) => `${MANIFESTS}/${name}`)
        .sort()
    : [];

/** What a render of this site has written carries the site's label and has the name that a render gives it. */
function isOurs(file: string, site: string): boolean {
  const object = readManifest(readFileSync(file, "utf8"));
  return object?.metadata.labels?.[LABEL.site] === site && file.endsWith(`/${fileName(object)}`);
}

function put(file: string, object: KubernetesObject): "added" | "changed" | "same" {
  const before = existsSync(file) ? readManifest(readFileSync(file, "utf8")) : undefined;
  if (isDeepStrictEqual(before, JSON.parse(JSON.stringify(object)))) return "same";
  replaceWhole(file, (beside) => writeFileSync(beside, showManifest(object)));
  return before === undefined ? "added" : "changed";
}
