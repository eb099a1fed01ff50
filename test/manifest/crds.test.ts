import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { KubernetesObject } from "../../components/kubernetes.ts";
import { objectsOf } from "../../components/objects.ts";
import { opening, ROOT, siteText } from "../support/sites.ts";
import { splitLabWith } from "../support/split-site.ts";

interface Crd {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}
interface Schema {
  readonly [key: string]: unknown;
}

const FOLDER = `${ROOT}/test/crds`;
const crds = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .map((name) => JSON.parse(readFileSync(`${FOLDER}/${name}`, "utf8")) as Crd);

/** A CRD lets unknown fields pass and a cluster prunes them: objects are closed here, so that a typo fails. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const own = Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => !key.startsWith("x-kubernetes-"))
      .map(([key, value]) => [key, closed(value)]),
  );
  const isOpen =
    "additionalProperties" in own ||
    (schema as Schema)["x-kubernetes-preserve-unknown-fields"] === true ||
    own.properties === undefined;
  const either = (schema as Schema)["x-kubernetes-int-or-string"] === true ? { type: ["integer", "string"] } : {};
  // Go writes the flag inside the pattern, where JavaScript wants a group.
  const pattern =
    typeof own.pattern === "string" ? { pattern: own.pattern.replace(/^\^\(\?i\)(.*)\$$/, "^(?i:$1)$") } : {};
  const nullable = own.nullable === true && typeof own.type === "string" ? { type: [own.type, "null"] } : {};
  return { ...own, ...either, ...pattern, ...nullable, ...(isOpen ? {} : { additionalProperties: false }) };
}

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });

function faultsIn(object: KubernetesObject): readonly string[] {
  const [group = "", version = ""] = object.apiVersion.split("/");
  const crd = crds.find(({ spec }) => spec.group === group && spec.names.kind === object.kind);
  const schema = crd?.spec.versions.find(({ name }) => name === version)?.schema.openAPIV3Schema;
  if (schema === undefined) return [`no schema for ${object.apiVersion} ${object.kind}`];
  const { metadata: _metadata, ...rest } = closed(schema) as { readonly metadata?: unknown };
  const properties = (rest as { properties: object }).properties;
  const validate = ajv.compile({ ...rest, properties: { ...properties, metadata: { type: "object" } } });
  return validate(JSON.parse(JSON.stringify(object)))
    ? []
    : (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      );
}

const OWN_KINDS = new Set([
  "v1",
  "apps/v1",
  "policy/v1",
  "networking.k8s.io/v1",
  "scheduling.k8s.io/v1",
  "rbac.authorization.k8s.io/v1",
]);
const SITES = ["lab", "independence-mo", "aws-ohio"].map((site) => ({ site, text: siteText(site) }));
const customs = [...SITES, { site: "lab", text: splitLabWith() }].flatMap(({ site, text }) => {
  const { plan, catalog } = opening(text, site);
  return objectsOf(plan, catalog)
    .map(({ name, object }) => ({ name, object }))
    .filter(({ object }) => !OWN_KINDS.has(object.apiVersion));
});

describe("custom resources by their upstream schemas", () => {
  test.each(customs.map(({ name, object }) => [name, object] as const))("%s", (_, object) => {
    expect(faultsIn(object)).toEqual([]);
  });

  test("a misspelt field fails", () => {
    const queue = customs.find(({ object }) => object.kind === "ClusterQueue")?.object as KubernetesObject;
    const spec = queue.spec as object;
    expect(faultsIn({ ...queue, spec: { ...spec, stopPolciy: "Hold" } })).toHaveLength(1);
    expect(faultsIn({ ...queue, spec: { ...spec, stopPolicy: "Halt" } })).toHaveLength(1);
  });
});
