import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { checkSchema } from "../../cli/schemas/check.ts";
import { planSchema } from "../../cli/schemas/plan.ts";
import { siteJsonSchema } from "../../components/site/json-schema.ts";
import { session } from "../support/session.ts";
import { labWith, siteText } from "../support/sites.ts";

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
const faults = (schema: object, value: unknown) => {
  const validate = ajv.compile(schema);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};
const json = (line: string, cwd?: string) =>
  JSON.parse(session(line, cwd === undefined ? {} : { cwd }).stdout) as unknown;

describe("published schemas", () => {
  test.each([
    ["plan", planSchema],
    ["check", checkSchema],
  ])("%s is public: a change shows here", async (name, schema) => {
    await expect(
      `${JSON.stringify({ $schema: "https://json-schema.org/draft/2020-12/schema", ...schema }, null, 2)}\n`,
    ).toMatchFileSnapshot(`../../cli/schemas/${name}.schema.json`);
  });

  test.each(["lab", "independence-mo"])("the plan of %s is one document of its schema", (site) => {
    expect(faults(planSchema, json(`millrace plan ${site} --format json`))).toEqual([]);
  });

  test.each(["lab --as-of 2026-11-24", "independence-mo --as-of 2026-11-24", "independence-mo --as-of online"])(
    "check %s is one document of its schema",
    (rest) => {
      expect(faults(checkSchema, json(`millrace check ${rest} --format json`))).toEqual([]);
    },
  );

  test("and so are the faults of a broken site", () => {
    const folder = mkdtempSync(join(tmpdir(), "millrace-schema-"));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(join(folder, "stacks", "broken"), { recursive: true });
    writeFileSync(join(folder, "stacks", "broken", "site.yaml"), labWith(["halls: 1", "halls: x"]));
    const document = json("millrace check broken --format json", folder);
    expect(faults(checkSchema, document)).toEqual([]);
    expect(document).toMatchObject({ verdict: "bad-input", faults: [{ at: { path: "buildings[0].halls" } }] });
  });
});

describe("the schema that editors read takes what Millrace takes", () => {
  const schema = siteJsonSchema() as object;

  test.each(["lab", "independence-mo"])("%s", (site) => {
    expect(faults(schema, parseDocument(siteText(site), { schema: "core" }).toJS())).toEqual([]);
  });

  test.each([
    ["powerBudget: 1136 kW", "powerBudget: 1136 kw"],
    ["derating: 100 %", "derating: lots"],
    ["value: $45 M", "value: 45 M"],
    ["state: online", "state: onlin"],
    ["spareRacks: 0", "spareRack: 0"],
  ])("and refuses %s → %s", (piece, by) => {
    expect(faults(schema, parseDocument(labWith([piece, by]), { schema: "core" }).toJS())).not.toEqual([]);
  });
});
