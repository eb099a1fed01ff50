import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { Fault } from "./fault.ts";
import { type FieldSchema, fieldOf, formOf, keepsLetters } from "./field-schema.ts";
import { controlIn } from "./hostile.ts";
import { placesOf } from "./lines.ts";
import { printPath, printPlace, type Step, type TextPlace } from "./path.ts";

/** A document as plain data, with what YAML allows and a blueprint does not. */
export interface Plain {
  readonly value: unknown;
  readonly faults: readonly Fault[];
}

const MAX_DEPTH = 32;
const MAX_FAULTS = 50;
const RESERVED = new Set(["__proto__", "constructor", "prototype"]);

interface Reading {
  readonly faults: Fault[];
  readonly place: (offset: number) => TextPlace;
}

/**
 * Maps, lists and scalars to plain data. Anchors, aliases, tags, doubled and reserved keys are faults; a number that
 * stands for a quantity of the schema keeps its letters, so that "1.20" is not read through a float.
 */
export function plainData(document: Document.Parsed, text: string, fields: FieldSchema): Plain {
  const reading: Reading = { faults: [], place: placesOf(text) };
  const value = plain(document.contents, [], fields, reading);
  return { value, faults: reading.faults };
}

function plain(node: Node | null, steps: readonly Step[], schema: FieldSchema, reading: Reading): unknown {
  if (node === null) return null;
  const refused = refusal(node, steps);
  if (refused !== null) refuse(reading, { path: printPath(steps), ...refused });
  if (steps.length > MAX_DEPTH || isAlias(node)) return null;
  if (isScalar(node)) return scalar(node, steps, schema, reading);
  if (isSeq(node)) return sequence(node, steps, schema, reading);
  return isMap(node) ? map(node, steps, schema, reading) : null;
}

function refuse({ faults }: Reading, fault: Fault): void {
  if (faults.length < MAX_FAULTS) faults.push(fault);
}

function refusal(node: Node, steps: readonly Step[]): Omit<Fault, "path"> | null {
  if (steps.length > MAX_DEPTH) {
    const got = `more than ${MAX_DEPTH} levels`;
    return { problem: "nested too deep", got, allowed: `at most ${MAX_DEPTH}`, fix: "flatten the structure" };
  }
  if (isAlias(node)) {
    const fix = "use a template or a count for what repeats";
    return { problem: "alias", got: `*${node.source}`, allowed: "the value written out", fix };
  }
  if ("anchor" in node && node.anchor !== undefined) {
    return { problem: "anchor", got: `&${node.anchor}`, allowed: "no anchors", fix: "delete the anchor" };
  }
  return node.tag === undefined
    ? null
    : { problem: "tag", got: node.tag, allowed: "no tags", fix: "delete the tag; put text in quotes" };
}

function scalar(node: Scalar, steps: readonly Step[], schema: FieldSchema, reading: Reading): unknown {
  const { value, source } = node;
  if (typeof value === "number" && keepsLetters(schema)) return source ?? String(value);
  const control = typeof value === "string" ? controlIn(value) : null;
  if (control !== null) refuse(reading, { path: printPath(steps), ...control });
  return value;
}

function sequence(node: YAMLSeq, steps: readonly Step[], schema: FieldSchema, reading: Reading): readonly unknown[] {
  return node.items.map((item, index) => plain(item as Node | null, [...steps, index], schema.items ?? {}, reading));
}

function map(node: YAMLMap, steps: readonly Step[], schema: FieldSchema, reading: Reading): unknown {
  const entries = new Map<string, unknown>();
  const form = formOf(schema, (key) => node.get(key));
  for (const pair of node.items) {
    const key = pair.key as Node | null;
    const fault = keyFault(key, entries);
    if (fault !== null)
      refuse(reading, { path: printPlace(reading.place(key?.range?.[0] ?? node.range?.[0] ?? 0)), ...fault });
    else {
      const name = String((key as Scalar).value);
      entries.set(name, plain(pair.value as Node | null, [...steps, name], fieldOf(form, name) ?? {}, reading));
    }
  }
  return Object.fromEntries(entries);
}

function keyFault(key: Node | null, earlier: ReadonlyMap<string, unknown>): Omit<Fault, "path"> | null {
  if (!isScalar(key) || typeof key.value !== "string" || key.anchor !== undefined || key.tag !== undefined) {
    const got = isScalar(key) && key.source !== undefined && key.source !== "" ? key.source.slice(0, 60) : "no word";
    return {
      problem: "key is no plain word",
      got,
      allowed: "one of the schema's keys",
      fix: "name the key, or delete it",
    };
  }
  if (RESERVED.has(key.value)) {
    return { problem: "reserved key", got: key.value, allowed: "one of the schema's keys", fix: "delete it" };
  }
  if (earlier.has(key.value)) {
    return { problem: "key stands twice", got: key.value, allowed: "each key once", fix: "delete one of the two" };
  }
  return controlIn(key.value);
}
