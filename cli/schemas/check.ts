import { Type } from "typebox";
import { PHASE_STATES } from "../../components/site/phase-state.ts";
import { count, list, nullable, object, text } from "./document.ts";

const verdict = Type.Enum(["proved", "violated", "unproved", "not-applicable"]);
const position = object({
  path: text,
  file: text,
  line: Type.Integer({ minimum: 1 }),
  column: Type.Integer({ minimum: 1 }),
});
/** A number, or money as text of integer micro-dollars. */
const amount = Type.Union([Type.Number(), Type.String({ pattern: "^-?\\d+$" })]);

const input = object({
  name: text,
  value: nullable(Type.Union([amount, Type.Boolean(), text])),
  unit: text,
  from: text,
  side: Type.Enum(["need", "limit"]),
  as: Type.Enum(["term", "factor", "condition", "context"]),
  atLeast: Type.Optional(Type.Number()),
});
const evidence = object({
  claim: Type.Enum(["at-most", "all-of", "none"]),
  formula: text,
  inputs: list(input),
  computed: nullable(object({ known: amount, missing: list(text) })),
  limit: nullable(amount),
  margin: nullable(amount),
  unit: text,
});
const finding = object({
  rule: text,
  verdict,
  enforcement: Type.Enum(["mandatory", "advisory"]),
  subject: text,
  message: text,
  evidence,
  fix: nullable(text),
  at: position,
  waiver: nullable(object({ reason: text, owner: text, ticket: text, expires: text })),
  relaxedBy: nullable(text),
});

const judged = object({
  apiVersion: Type.Literal("millrace/check/v1"),
  site: text,
  plan: text,
  asOf: object({ date: text, state: nullable(Type.Enum([...PHASE_STATES])) }),
  verdict: Type.Enum(["proved", "violated", "unproved"]),
  counts: object({
    proved: count,
    violated: count,
    unproved: count,
    "not-applicable": count,
    waived: count,
    advisory: count,
  }),
  findings: list(finding),
});
const refused = object({
  apiVersion: Type.Literal("millrace/check/v1"),
  site: text,
  verdict: Type.Literal("bad-input"),
  faults: list(object({ at: position, problem: text, got: text, allowed: text, fix: text })),
});

/** `millrace check --format json`: the verdict with its findings, or the faults of the blueprint. */
export const checkSchema = Type.Union([judged, refused], {
  $id: "https://millrace.dev/schemas/check-v1.json",
  title: "Millrace check",
});
