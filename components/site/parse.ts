import { type Document, isAlias, isMap, isNode, isPair, isScalar, isSeq, parseAllDocuments } from "yaml";
import { hostileText, type Refused } from "./hostile.ts";
import { printPath, type Step } from "./path.ts";

export type Parsed =
  | { readonly ok: true; readonly document: Document.Parsed; readonly value: unknown }
  | { readonly ok: false; readonly refused: readonly Refused[] };

const MAX_DEPTH = 32;
const MAX_FAULTS = 50;
const RESERVED = new Set(["__proto__", "constructor", "prototype"]);

/** YAML text to plain data: one document of maps, lists and plain scalars; anchors, tags and doubled keys are refused. */
export function parseText(text: string): Parsed {
  const hostile = hostileText(text);
  if (hostile !== null) return { ok: false, refused: [hostile] };
  const documents = parseQuietly(text);
  const document = documents?.[0];
  if (document === undefined)
    return fail(
      "no readable document",
      "text that cannot be parsed",
      "one YAML document",
      "write apiVersion: millrace/v1 and go on from there",
    );
  if (documents !== null && documents.length > 1) {
    const second = documents[1]?.range[0] ?? 0;
    return fail(
      "more than one document",
      `${documents.length} documents`,
      "one document a file",
      'delete the line "---"',
      second,
    );
  }
  if (document.errors.length > 0) return { ok: false, refused: document.errors.slice(0, MAX_FAULTS).map(syntaxFault) };
  const refused: Refused[] = [];
  const value = plain(document.contents, [], refused);
  return refused.length > 0 ? { ok: false, refused: refused.slice(0, MAX_FAULTS) } : { ok: true, document, value };
}

/** Documents, or null where the parser gives up on what no person writes. */
function parseQuietly(text: string): readonly Document.Parsed[] | null {
  try {
    const options = {
      schema: "core",
      merge: false,
      uniqueKeys: false,
      strict: true,
      prettyErrors: false,
      logLevel: "silent",
    } as const;
    const documents = parseAllDocuments(text, options);
    return "empty" in documents ? null : documents;
  } catch {
    return null;
  }
}

const fail = (problem: string, got: string, allowed: string, fix: string, offset = 0): Parsed => ({
  ok: false,
  refused: [{ fault: { path: "", problem, got, allowed, fix }, offset }],
});

const syntaxFault = (error: { readonly message: string; readonly pos: readonly [number, number] }): Refused => ({
  offset: error.pos[0],
  fault: {
    path: "",
    problem: "not valid YAML",
    got: lowerFirst(error.message.split("\n")[0] ?? ""),
    allowed: "YAML 1.2",
    fix: "mend the syntax at this place",
  },
});

const lowerFirst = (text: string): string => text.slice(0, 200).replace(/^./, (char) => char.toLowerCase());

function plain(node: unknown, path: readonly Step[], refused: Refused[]): unknown {
  const refuse = (problem: string, got: string, allowed: string, fix: string, at: unknown = node) => {
    refused.push({
      fault: { path: printPath(path), problem, got, allowed, fix },
      offset: (isNode(at) ? at.range?.[0] : 0) ?? 0,
    });
    return null;
  };
  if (path.length > MAX_DEPTH)
    return refuse("nested too deep", `${path.length} levels`, `at most ${MAX_DEPTH}`, "flatten the structure");
  if (node === null || node === undefined) return null;
  if (isAlias(node))
    return refuse("alias", `*${node.source}`, "the value written out", "use a template or a count for what repeats");
  if (isNode(node) && "anchor" in node && node.anchor !== undefined)
    return refuse("anchor", `&${node.anchor}`, "no anchors", "delete the anchor");
  if (isNode(node) && node.tag !== undefined) return refuse("tag", node.tag, "no tags", "delete the tag");
  if (isScalar(node)) return node.value;
  if (isSeq(node)) return node.items.map((item, index) => plain(item, [...path, index], refused));
  if (!isMap(node))
    return refuse("unreadable part", "a node of no known kind", "maps, lists and scalars", "write it plainly");
  const entries = new Map<string, unknown>();
  for (const pair of node.items) {
    const key = isPair(pair) && isScalar(pair.key) && typeof pair.key.value === "string" ? pair.key.value : null;
    if (key === null)
      refuse(
        "key is no plain word",
        String(isPair(pair) ? pair.key : pair).slice(0, 60),
        "a word",
        "quote it, or write it as text",
        isPair(pair) ? pair.key : pair,
      );
    else if (RESERVED.has(key)) refuse("reserved key", key, "the keys of the schema", "delete it", pair.key);
    else if (entries.has(key)) refuse("key stands twice", key, "each key once", "delete one of the two", pair.key);
    else entries.set(key, plain(pair.value, [...path, key], refused));
  }
  return Object.fromEntries(entries);
}
