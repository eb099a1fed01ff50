import { expect, test } from "vitest";
import { gatesPage } from "../../components/catalog/gate-page.ts";
import { loadCatalog } from "../../components/catalog/load.ts";
import { fieldsPage } from "../../components/site/field-page.ts";
import { siteJsonSchema } from "../../components/site/json-schema.ts";
import { rulesPage } from "../../policies/explain.ts";

/** Pages made from the source; `npm run docs` writes them anew, and the diff is read as code is. */
test("the schema that editors read", async () => {
  await expect(`${JSON.stringify(siteJsonSchema(), null, 2)}\n`).toMatchFileSnapshot("../../stacks/site.schema.json");
});

test("the reference of all fields", async () => {
  await expect(fieldsPage()).toMatchFileSnapshot("../../stacks/REFERENCE.md");
});

test("the page of all gates and studies", async () => {
  const { gates, studies } = loadCatalog();
  await expect(gatesPage(gates, studies)).toMatchFileSnapshot("../../stacks/GATES.md");
});

test("the page of all rules", async () => {
  await expect(rulesPage()).toMatchFileSnapshot("../../policies/RULES.md");
});
