import { expect, test } from "vitest";
import { type GoModule, MODULES } from "../../cli/engine/go-module.ts";
import { builtKey, engineFolder, stateFolder, userPulumiHome } from "../../cli/engine/places.ts";
import { KUBERNETES_VERSION, PULUMI_VERSION } from "../../cli/engine/versions.ts";

const engineKey = (modules: readonly GoModule[]) => builtKey([PULUMI_VERSION, KUBERNETES_VERSION], modules);
const key = engineKey(Object.values(MODULES));

test("the key is twelve hex digits, the same each time", () => {
  expect(key).toMatch(/^[0-9a-f]{12}$/);
  expect(engineKey(Object.values(MODULES))).toBe(key);
});

test.each<[string, Partial<GoModule>]>([
  ["link flags", { linkFlags: "-s" }],
  ["tags", { tags: ["other"] }],
  ["target", { target: "example.com/other" }],
  ["module files", { files: ["go.mod"] }],
])("other %s are another engine", (_, other) => {
  expect(engineKey([{ ...MODULES.pulumi, ...other }, MODULES.provider])).not.toBe(key);
});

test("what is only said to the user is not", () => {
  expect(engineKey([{ ...MODULES.pulumi, coldMinutes: 99 }, MODULES.provider])).toBe(key);
});

test.each([
  [engineFolder, { HOME: "/h" }, `/h/.cache/millrace/engine/${key}`],
  [engineFolder, { HOME: "/h", XDG_CACHE_HOME: "/c" }, `/c/millrace/engine/${key}`],
  [engineFolder, { HOME: "/h", XDG_CACHE_HOME: "" }, `/h/.cache/millrace/engine/${key}`],
  [stateFolder, { HOME: "/h" }, "/h/.local/state/millrace"],
  [stateFolder, { HOME: "/h", XDG_STATE_HOME: "/s" }, "/s/millrace"],
  [userPulumiHome, { HOME: "/h" }, "/h/.pulumi"],
  [userPulumiHome, { HOME: "/h", PULUMI_HOME: "/p" }, "/p"],
])("%o of %j", (place, environment, folder) => {
  expect(place(environment)).toBe(folder);
});
