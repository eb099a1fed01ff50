import { gateParts, studyParts } from "../../components/catalog/gate-page.ts";
import { loadCatalog } from "../../components/catalog/load.ts";
import { type Field, fieldsOf } from "../../components/site/field-page.ts";
import { didYouMean } from "../../components/site/nearest.ts";
import { EXPLAINED, ruleById, ruleParts } from "../../policies/explain.ts";
import { wrap } from "../format/wrap.ts";
import { EXIT, type Io } from "../io.ts";
import { Problem } from "../problem.ts";

/** `millrace explain <rule, gate, study or field>`: why, inputs, limit, fix, source; without a name, what there is. */
export function explain(name: string | undefined, io: Io): number {
  if (name === undefined) {
    io.out(contents());
    return EXIT.proved;
  }
  const rule = ruleById(name);
  if (rule !== undefined) {
    io.out(page(rule.id, ruleParts(rule)));
    return EXIT.proved;
  }
  const pages = [
    ...evidenceCalled(name),
    ...fieldsCalled(name).map((field) => page(plainPath(field), fieldParts(field))),
  ];
  if (pages.length === 0) throw unknownName(name);
  io.out(pages.join("\n\n"));
  return EXIT.proved;
}

function contents(): string {
  const width = Math.max(...EXPLAINED.map(({ id }) => id.length)) + 2;
  return [
    "Rules",
    ...EXPLAINED.map(({ id, claim }) => wrap(`  ${id.padEnd(width)}${claim}`, width + 2)),
    "",
    "Gates of the commissioning ladder, and studies",
    ...evidenceIds().map((id) => `  ${id}`),
    "",
    "Fields of the blueprint",
    ...fieldsOf().map((field) => `  ${plainPath(field)}`),
  ].join("\n");
}

/** A title, then parts by name. */
function page(title: string, parts: readonly (readonly [string, string])[]): string {
  const width = Math.max(...parts.map(([part]) => part.length)) + 2;
  return [title, ...parts.map(([part, text]) => wrap(`  ${part.padEnd(width)}${text}`, width + 2))].join("\n");
}

/** The page of a gate or of a study of the catalog. */
function evidenceCalled(name: string): readonly string[] {
  const { gates, studies } = loadCatalog();
  return [
    ...gates.filter(({ id }) => id === name).map((gate) => page(name, gateParts(gate))),
    ...studies.filter(({ id }) => id === name).map((study) => page(name, studyParts(study))),
  ];
}

function evidenceIds(): readonly string[] {
  const { gates, studies } = loadCatalog();
  return [...gates, ...studies].map(({ id }) => id);
}

const plainPath = ({ path }: Field): string => path.replaceAll("[]", "");

/** Fields by their path, with or without the numbers of entries; by their last word, where no path is so called. */
function fieldsCalled(name: string): readonly Field[] {
  const path = name.replace(/\[\d*\]/g, "");
  const byPath = fieldsOf().filter((field) => plainPath(field) === path);
  return byPath.length > 0 ? byPath : fieldsOf().filter((field) => plainPath(field).endsWith(`.${path}`));
}

const fieldParts = ({ path, kind, required, description, example }: Field): readonly (readonly [string, string])[] => [
  ["meaning", description],
  ["kind", kind],
  ["required", required ? "yes" : "no"],
  ...(example === null ? [] : [["example", example] as const]),
  ...heldBy(path),
];

/** The fields of a block, by their own words. */
function heldBy(path: string): readonly (readonly [string, string])[] {
  const own = fieldsOf()
    .map((field) => field.path)
    .filter((each) => each.startsWith(`${path}.`))
    .map((each) => each.slice(path.length + 1).replace(/\[\]$/, ""))
    .filter((each) => !each.includes("."));
  return own.length === 0 ? [] : [["holds", own.join(", ")]];
}

function unknownName(name: string): Problem {
  const known = [...EXPLAINED.map(({ id }) => id), ...evidenceIds(), ...fieldsOf().map(plainPath)];
  return new Problem({
    what: "neither rule, gate, study nor field",
    got: name,
    allowed: "a rule, a gate, a study, or a field of the blueprint",
    fix: didYouMean(name, known, "list them: millrace explain"),
  });
}
