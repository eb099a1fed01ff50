import { Composer, type CST, type Document, Lexer, Parser } from "yaml";
import type { Fault } from "./fault.ts";
import { hostileText } from "./hostile.ts";
import { placesOf } from "./lines.ts";
import { printPlace, readPlace } from "./path.ts";
import { syntaxFaults } from "./syntax-fault.ts";

export type Parsed =
  | { readonly ok: true; readonly document: Document.Parsed }
  | { readonly ok: false; readonly faults: readonly Fault[] };

const MAX_DEPTH = 32;
const MAX_LEXEMES = 600_000;
const MAX_FAULTS = 50;

/** YAML 1.2 text to one document with the places of its nodes, or what is wrong with the text. */
export function parseText(text: string): Parsed {
  const hostile = hostileText(text);
  if (hostile !== null) return { ok: false, faults: [hostile] };
  const tokens = tokensOf(text);
  if (!Array.isArray(tokens)) return { ok: false, faults: [tokens as Fault] };
  const documents = compose(tokens, text.length);
  const document = documents[0] as Document.Parsed;
  const faults = [
    ...syntaxFaults(document.errors, text).slice(0, MAX_FAULTS),
    ...directives(tokens, text),
    ...secondDocument(documents, text),
    ...nothing(document),
  ].sort((left, right) => orderOf(left) - orderOf(right));
  return faults.length > 0 ? { ok: false, faults } : { ok: true, document };
}

/** Lines are shorter than the factor. */
function orderOf({ path }: Fault): number {
  const place = readPlace(path);
  return place === null ? 0 : place.line * 1e4 + place.column;
}

/** Tokens of the text, or the place where there are more, or brackets deeper, than a blueprint has use for. */
function tokensOf(text: string): readonly CST.Token[] | Fault {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let depth = 0;
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    depth += DEPTH_STEP.get(lexeme) ?? 0;
    lexemes++;
    if (depth > MAX_DEPTH) return beyond(text, parser.offset, "nested too deep", "levels", MAX_DEPTH);
    if (lexemes > MAX_LEXEMES) return beyond(text, parser.offset, "too many parts", "words and signs", MAX_LEXEMES);
    tokens.push(...parser.next(lexeme));
  }
  tokens.push(...parser.end());
  return tokens;
}

const DEPTH_STEP = new Map([
  ["[", 1],
  ["{", 1],
  ["]", -1],
  ["}", -1],
]);

const beyond = (text: string, offset: number, problem: string, of: string, limit: number): Fault => ({
  path: printPlace(placesOf(text)(offset)),
  problem,
  got: `more than ${limit} ${of}`,
  allowed: `at most ${limit}`,
  fix: "use templates and counts for what repeats",
});

/** A hostile text makes errors by the hundred thousand: only their places are read, so none takes a stack trace. */
function compose(tokens: readonly CST.Token[], end: number): readonly Document.Parsed[] {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    const composer = new Composer({ schema: "core", merge: false, uniqueKeys: false, stringKeys: false, strict: true });
    return [...composer.compose(tokens, true, end)];
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** "%YAML 1.1" would turn "no" into false and 010 into 8. */
const directives = (tokens: readonly CST.Token[], text: string): readonly Fault[] =>
  tokens
    .filter((token) => token.type === "directive")
    .slice(0, MAX_FAULTS)
    .map((token) => ({
      path: printPlace(placesOf(text)(token.offset)),
      problem: "directive",
      got: token.source.slice(0, 40),
      allowed: "YAML 1.2 without directives",
      fix: "delete the line",
    }));

const nothing = (document: Document.Parsed): readonly Fault[] =>
  document.contents === null && document.errors.length === 0
    ? [
        {
          path: "",
          problem: "nothing in the file",
          got: "no key",
          allowed: "a blueprint",
          fix: 'start with "apiVersion: millrace/v1", or copy another site',
        },
      ]
    : [];

function secondDocument(documents: readonly Document.Parsed[], text: string): readonly Fault[] {
  const second = documents[1];
  if (second === undefined) return [];
  return [
    {
      path: printPlace(placesOf(text)(second.contents?.range[0] ?? second.range[0])),
      problem: "more than one document",
      got: `${documents.length} documents`,
      allowed: "one document a file",
      fix: 'delete the line "---", or move the rest to a file of its own',
    },
  ];
}
