import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parse, stringify } from "yaml";
import { type KubernetesObject, LABEL } from "../../components/kubernetes.ts";

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
  const wanted = new Map(objects.map((object) => [`${MANIFESTS}/${fileName(object)}`, object]));
  const found = existing(folder);
  const states = [...wanted]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([file, object]) => ({ file, state: put(join(folder, file), object) }));
  const removed = found.filter((file) => !wanted.has(file) && isOurs(join(folder, file), site));
  for (const file of removed) rmSync(join(folder, file));
  const of = (state: string) => states.filter((each) => each.state === state).map(({ file }) => file);
  return { added: of("added"), changed: of("changed"), removed, same: of("same").length };
}

/** "<group>_<version>-<kind>-<namespace>-<name>.yaml"; an object without namespace stands under "default". */
export function fileName({ apiVersion, kind, metadata }: KubernetesObject): string {
  const parts = [apiVersion.replace("/", "_"), kind.toLowerCase(), metadata.namespace ?? "default", metadata.name];
  return `${parts.join("-")}.yaml`;
}

function put(file: string, object: KubernetesObject): "added" | "changed" | "same" {
  const before = existsSync(file) ? parsed(file) : undefined;
  if (before !== undefined && isDeepStrictEqual(before, JSON.parse(JSON.stringify(object)))) return "same";
  mkdirSync(join(file, ".."), { recursive: true });
  const beside = `${file}.${process.pid}.partial`;
  writeFileSync(
    beside,
    stringify(object, { sortMapEntries: true, indentSeq: false, lineWidth: 0, aliasDuplicateObjects: false }),
  );
  renameSync(beside, file);
  return before === undefined ? "added" : "changed";
}

/** What a file holds; null where it is no YAML any more. */
function parsed(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

const existing = (folder: string): readonly string[] =>
  existsSync(join(folder, MANIFESTS))
    ? readdirSync(join(folder, MANIFESTS))
        .filter((name) => name.endsWith(".yaml"))
        .map((name) => `${MANIFESTS}/${name}`)
        .sort()
    : [];

/** A manifest that a render of this site has written carries its label. */
function isOurs(file: string, site: string): boolean {
  const object = parsed(file) as { readonly metadata?: { readonly labels?: Readonly<Record<string, unknown>> } } | null;
  return object?.metadata?.labels?.[LABEL.site] === site;
}
