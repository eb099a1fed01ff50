import { mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { installLanguageHost } from "../../cli/engine/language-host/install.ts";
import { temporaryFolder } from "../support/executables.ts";
import { ROOT } from "../support/sites.ts";

const hostIn = (root: string) => join(root, "bin", "pulumi-language-nodejs");

test("ours is executable, starts on any Node, and knows where it came from", () => {
  const root = temporaryFolder();
  installLanguageHost(root);
  const text = readFileSync(hostIn(root), "utf8");
  expect(text.split("\n")[0]).toBe("#!/usr/bin/env node");
  expect(text).toContain(`const INSTALLED_FROM = ${JSON.stringify(`${ROOT}/`)};`);
  expect(statSync(hostIn(root)).mode & 0o777).toBe(0o755);
});

test("one from another checkout is written anew, one of this is left", () => {
  const root = temporaryFolder();
  installLanguageHost(root);
  const text = readFileSync(hostIn(root), "utf8");
  writeFileSync(hostIn(root), text.replaceAll(ROOT, "/gone"));
  installLanguageHost(root);
  expect(readFileSync(hostIn(root), "utf8")).toBe(text);

  utimesSync(hostIn(root), 1, 1);
  installLanguageHost(root);
  expect(statSync(hostIn(root)).mtimeMs).toBe(1_000);
});

test("the official one, a binary, stays", () => {
  const root = temporaryFolder();
  mkdirSync(join(root, "bin"));
  writeFileSync(hostIn(root), Buffer.from([0x7f, 0x45, 0x4c, 0x46]));
  installLanguageHost(root);
  expect(readFileSync(hostIn(root))).toEqual(Buffer.from([0x7f, 0x45, 0x4c, 0x46]));
});
