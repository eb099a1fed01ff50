import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { isDay } from "../../components/site/day.ts";
import { golden, millrace, session, sitesFolder } from "../support/session.ts";
import { ROOT } from "../support/sites.ts";

const folder = sitesFolder();
cpSync(join(ROOT, "test", "netbox", "files"), folder, { recursive: true });
const KNOWN_WRONG = "qm9700.yaml dgx-a100.yaml as-8125gs-tnmr2.yaml as-4126gs-nmr-lcc.yaml";
const FEEDS = "dgx-h100.yaml panels.yaml feeds.yaml --site lab";

const schema = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(ROOT, "cli", "schemas", `${name}.schema.json`), "utf8"));
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
ajv.addFormat("date", isDay);
ajv.addSchema(schema("check"));
const isNetBox = ajv.compile(schema("netbox"));

test("the known wrong files, feeds against a site, faults, and no file", async () => {
  const lines = [
    `netbox ${KNOWN_WRONG}`,
    `netbox ${FEEDS}`,
    "netbox misread.yaml none.yaml",
    "netbox",
    "netbox x --format xml",
  ];
  await golden("cli/netbox.txt", await session(lines, folder));
});

test.each([
  ["violated", KNOWN_WRONG, 1],
  ["violated", FEEDS, 1],
  ["proved", "dgx-h100.yaml", 0],
  ["unproved", "unknown.yaml", 2],
  ["bad-input", "misread.yaml none.yaml", 3],
])("%s: %s", async (verdict, files, code) => {
  const { stdout, stderr, code: ended } = await millrace(`netbox ${files} --format json`, folder);
  expect([stderr, ended]).toEqual(["", code]);
  const document: unknown = JSON.parse(stdout);
  expect(document).toMatchObject({ apiVersion: "millrace/netbox/v1", verdict });
  isNetBox(document);
  expect(isNetBox.errors ?? []).toEqual([]);
});

test("its JSON", async () => {
  await golden("cli/netbox-feeds.json", (await millrace("netbox panels.yaml feeds.yaml --format json", folder)).stdout);
});
