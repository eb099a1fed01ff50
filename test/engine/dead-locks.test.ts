import { mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isLockedByTheDead } from "../../cli/engine/dead-locks.ts";
import { temporaryFolder } from "../support/executables.ts";

const DEAD = { pid: 2 ** 22 + 1, username: "someone", hostname: hostname() };

test.each<[string, readonly object[], boolean]>([
  ["no lock", [], false],
  ["a dead owner", [DEAD], true],
  ["two dead owners", [DEAD, DEAD], true],
  ["a living owner", [{ ...DEAD, pid: process.pid }], false],
  ["one of two living", [DEAD, { ...DEAD, pid: process.pid }], false],
  ["an owner elsewhere", [{ ...DEAD, hostname: `not-${hostname()}` }], false],
])("%s", (_, owners, dead) => {
  const backend = temporaryFolder();
  const folder = join(backend, ".pulumi", "locks", "organization", "millrace", "lab");
  mkdirSync(folder, { recursive: true });
  owners.forEach((owner, index) => {
    writeFileSync(join(folder, `${index}.json`), JSON.stringify(owner));
    writeFileSync(join(folder, `${index}.json.attrs`), "{}");
  });
  expect(isLockedByTheDead(backend, "millrace", "lab")).toBe(dead);
  expect(isLockedByTheDead(backend, "millrace", "other")).toBe(false);
});
