import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test, vi } from "vitest";
import { ensureEngine } from "../../cli/engine/ensure.ts";
import { providerIn, pulumiIn } from "../../cli/engine/install.ts";
import { type Environment, engineFolder } from "../../cli/engine/places.ts";
import type { ProgressEvent } from "../../cli/engine/progress.ts";
import { showUnavailable } from "../../cli/engine/unavailable.ts";
import { fakeGo, fakeProvider, fakePulumi, script, temporaryFolder } from "../support/executables.ts";

const OURS = { pulumi: "3.259.0", provider: "4.25.0" };

/** An empty home and an empty PATH, to be filled; nothing of the machine's is seen. */
function machine(extra: Environment = {}) {
  const home = temporaryFolder();
  const path = join(home, "tools", "bin");
  mkdirSync(path, { recursive: true });
  vi.stubGlobal("fetch", () =>
    Promise.reject(Object.assign(new TypeError("fetch failed"), { cause: { code: "EOFFLINE" } })),
  );
  const environment: Environment = { HOME: home, PATH: path, ...extra };
  return { home, path, environment, folder: engineFolder(environment) };
}

async function ensure(environment: Environment) {
  const events: ProgressEvent[] = [];
  const result = await ensureEngine((event) => events.push(event), environment);
  return { result, events };
}

test("both parts on PATH in our version: nothing is got, the provider is put where the engine looks", async () => {
  const { home, path, environment, folder } = machine();
  fakePulumi(join(path, "pulumi"), OURS.pulumi);
  fakeProvider(join(path, "pulumi-resource-kubernetes"), OURS.provider);
  const { result, events } = await ensure(environment);
  const plugins = join(folder, "home");
  expect(result).toEqual({ ok: true, engine: { root: join(home, "tools"), home: plugins, from: "path" } });
  expect(existsSync(providerIn(plugins))).toBe(true);
  expect(events).toEqual([]);
  expect(existsSync(join(path, "pulumi-language-nodejs"))).toBe(false);
});

test("a provider among the user's own plugins serves as well, and their PULUMI_HOME is kept", async () => {
  const { home, path, environment } = machine({ PULUMI_HOME: "" });
  const own = join(home, "pulumi-home");
  fakePulumi(join(path, "pulumi"), OURS.pulumi);
  fakeProvider(providerIn(own), OURS.provider);
  const { result } = await ensure({ ...environment, PULUMI_HOME: own });
  expect(result).toMatchObject({ ok: true, engine: { home: own, from: "path" } });
});

test("a plugin in ~/.pulumi is taken into the engine's own home", async () => {
  const { home, path, environment, folder } = machine();
  fakePulumi(join(path, "pulumi"), OURS.pulumi);
  fakeProvider(providerIn(join(home, ".pulumi")), OURS.provider);
  expect((await ensure(environment)).result).toMatchObject({ ok: true });
  expect(readFileSync(providerIn(join(folder, "home")), "utf8")).toContain(OURS.provider);
});

test("a command line outside a folder named bin is linked into one", async () => {
  const { home, environment, folder } = machine();
  const path = join(home, "unpacked");
  fakePulumi(join(path, "pulumi"), OURS.pulumi);
  fakeProvider(join(path, "pulumi-resource-kubernetes"), OURS.provider);
  const { result } = await ensure({ ...environment, PATH: path });
  expect(result).toMatchObject({ engine: { root: join(folder, "path") } });
  expect(realpathSync(pulumiIn(join(folder, "path")))).toBe(realpathSync(join(path, "pulumi")));
});

test("versions that do not fit are passed over; both parts are built, with what is done shown", async () => {
  const { path, environment, folder } = machine();
  fakePulumi(join(path, "pulumi"), "3.260.0");
  fakeProvider(join(path, "pulumi-resource-kubernetes"), "4.24.0");
  fakeGo(join(path, "go"), OURS.pulumi, OURS.provider);
  const { result, events } = await ensure(environment);
  expect(result).toEqual({ ok: true, engine: { root: folder, home: join(folder, "home"), from: "build" } });
  const what = { text: "Pulumi 3.259.0" };
  expect(events.filter((event) => event.text === what.text || event.kind === "detail").slice(0, 2)).toEqual([
    { kind: "detail", text: "downloading example.com/a v1.0.0" },
    { kind: "share", done: 1, of: 2, ...what },
  ]);
  expect(events).toContainEqual({
    kind: "step",
    text: "building Pulumi 3.259.0 from its published Go modules, about 4 minutes on two cores the first time",
  });
  expect(readdirSync(dirname(folder))).toEqual([folder.split("/").at(-1)]);
  expect(readdirSync(join(folder, "bin"))).toEqual(["pulumi", "pulumi-language-nodejs"]);

  const again = await ensure(environment);
  expect(again.result).toMatchObject({ engine: { from: "cache" } });
  expect(again.events).toEqual([]);
});

test("each part on its own: the command line from PATH, the provider built", async () => {
  const { home, path, environment } = machine();
  fakePulumi(join(path, "pulumi"), OURS.pulumi);
  fakeGo(join(path, "go"), "0.0.0", OURS.provider);
  expect((await ensure(environment)).result).toMatchObject({ engine: { root: join(home, "tools"), from: "path" } });
});

test("what a build leaves is run before it counts", async () => {
  const { path, environment, folder } = machine();
  fakeGo(join(path, "go"), "3.258.0", OURS.provider);
  const { result } = await ensure(environment);
  if (result.ok) expect.unreachable();
  expect(showUnavailable(result).replaceAll(folder, "CACHE").replaceAll(path, "PATH")).toBe(
    [
      "Pulumi 3.259.0 cannot be had:",
      "  path      no pulumi on PATH",
      "  cache     not in the cache",
      "  download  github.com cannot be reached: EOFFLINE",
      "  build     CACHE.lock/scratch/built/pulumi is 3.258.0, not 3.259.0",
      "what helps: pulumi on PATH in that version, a way to its official download, or Go 1.26 or newer",
      "plan, check, render and explain work without it",
    ].join("\n"),
  );
  expect(existsSync(folder)).toBe(false);
  expect(existsSync(`${folder}.lock`)).toBe(false);
});

test("a toolchain that fails says why, in its last words", async () => {
  const { path, environment } = machine({ MILLRACE_ENGINE: "build" });
  script(
    join(path, "go"),
    `echo "go: downloading example.com/a v1.0.0" >&2`,
    `echo "go: go.mod requires go >= 1.26" >&2`,
    "exit 1",
  );
  const { result } = await ensure(environment);
  expect(result).toMatchObject({
    tried: [{ source: "build", why: "its modules cannot be had: go: go.mod requires go >= 1.26" }],
  });
});

test("a half-written cache is no engine", async () => {
  const { environment, folder } = machine({ MILLRACE_ENGINE: "cache" });
  fakePulumi(pulumiIn(folder), OURS.pulumi);
  fakeProvider(providerIn(join(folder, "home")), OURS.provider);
  writeFileSync(`${dirname(providerIn(join(folder, "home")))}.partial`, "");
  expect((await ensure(environment)).result).toMatchObject({
    ok: false,
    tried: [{ source: "cache", why: "not in the cache" }],
  });

  writeFileSync(pulumiIn(folder), "half");
  expect((await ensure(environment)).result).toMatchObject({ tried: [{ why: `${pulumiIn(folder)} does not run` }] });
});

test.each([
  ["path,cache", ["path", "cache"]],
  [" cache , path ", ["path", "cache"]],
  ["build", ["build"]],
  ["", ["path", "cache", "download", "build"]],
])("MILLRACE_ENGINE=%j tries %j, in our order", async (MILLRACE_ENGINE, sources) => {
  const { environment } = machine({ MILLRACE_ENGINE });
  const { result } = await ensure(environment);
  if (result.ok) expect.unreachable();
  expect(result.tried.map(({ source }) => source)).toEqual(sources);
});

test.each([
  ["none", "MILLRACE_ENGINE allows no source of an engine\nplan, check, render and explain work without it"],
  ["cahce", 'MILLRACE_ENGINE is "cahce"; allowed: path, cache, download, build, several with commas, or none'],
  [
    "none,cache",
    'MILLRACE_ENGINE is "none,cache"; allowed: path, cache, download, build, several with commas, or none',
  ],
])("MILLRACE_ENGINE=%j gives no engine and says so", async (MILLRACE_ENGINE, text) => {
  const { environment } = machine({ MILLRACE_ENGINE });
  const { result } = await ensure(environment);
  if (result.ok) expect.unreachable();
  expect(showUnavailable(result)).toBe(text);
});
