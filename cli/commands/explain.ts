import { type Field, fieldsOf } from "../../components/site/field-page.ts";
import { nearest } from "../../components/site/nearest.ts";
import { inert } from "../../components/site/show-fault.ts";
import { ruleById, ruleParts } from "../../policies/explain.ts";
import { RULES } from "../../policies/registry.ts";
import { EXIT, type Io } from "../io.ts";
import { Problem } from "../problem.ts";

/** `millrace explain <rule or field>`: why, inputs, limit, fix, source; without a name, what there is. */
export function explain(name: string | undefined, io: Io): number {
  if (name === undefined) {
    io.out(
      [
        "Rules",
        ...RULES.map(({ id, claim }) => `  ${id.padEnd(24)} ${claim}`),
        "",
        "Fields",
        ...fieldsOf().map(({ path }) => `  ${path}`),
      ].join("\n"),
    );
    return EXIT.proved;
  }
  const rule = ruleById(name);
  if (rule !== undefined) {
    io.out([rule.id, ...ruleParts(rule).map(([part, text]) => `  ${part.padEnd(15)} ${text}`)].join("\n"));
    return EXIT.proved;
  }
  const fields = fieldsOf();
  const path = name.replace(/\[\d+\]/g, "[]");
  const field = fields.find((each) => each.path === path || each.path.replaceAll("[]", "") === path);
  if (field !== undefined) {
    io.out(fieldText(field));
    return EXIT.proved;
  }
  const known = [...RULES.map(({ id }) => id), ...fields.map((each) => each.path.replaceAll("[]", ""))];
  const near = nearest(name, known) ?? known.find((each) => each.endsWith(`.${name}`)) ?? null;
  throw new Problem(
    "neither rule nor field",
    inert(name),
    "a rule id or a field of the blueprint",
    near === null ? "list them: millrace explain" : `did you mean ${near}?`,
  );
}

const fieldText = ({ path, kind, required, description, example }: Field): string =>
  [
    path,
    `  kind      ${kind}`,
    `  required  ${required ? "yes" : "no"}`,
    `  meaning   ${description}`,
    ...(example === null ? [] : [`  example   ${example}`]),
  ].join("\n");
