import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { Engine } from "../../cli/engine/ensure.ts";
import { engineEnvironment } from "../../cli/engine/environment.ts";
import type { Environment } from "../../cli/engine/places.ts";
import { temporaryFolder } from "../support/executables.ts";

function machine(project = "name: millrace\n") {
  const home = temporaryFolder();
  const root = join(home, "project");
  mkdirSync(root);
  writeFileSync(join(root, "Pulumi.yaml"), project);
  const engine: Engine = { root: "/engine", home: "/engine/home", from: "cache" };
  const state = join(home, ".local", "state", "millrace");
  return {
    home,
    state,
    of: (own: Environment) => engineEnvironment(engine, root, { HOME: home, PATH: "/usr/bin", ...own }),
  };
}

/** A login as `pulumi login` leaves it. */
function login(home: string, credentials: unknown): void {
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "credentials.json"), JSON.stringify(credentials));
}

test("by default: a file backend and a passphrase, outside the project", () => {
  const { state, of } = machine();
  const { PATH, ...variables } = of({});
  expect(variables).toEqual({
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    PULUMI_CREDENTIAL_STORE: "plaintext",
    PULUMI_HOME: "/engine/home",
    PULUMI_BACKEND_URL: `file://${state}/backend`,
    PULUMI_CONFIG_PASSPHRASE_FILE: `${state}/passphrase`,
  });
  const folders = PATH?.split(":") ?? [];
  expect(folders[0]).toBe(dirname(process.execPath));
  expect(folders.slice(2)).toEqual(["/engine/bin", "/usr/bin"]);
  expect(folders[1]).toMatch(/\/node_modules\/\.bin$/);
});

test("the passphrase is made once, for its owner alone", () => {
  const { state, of } = machine();
  of({});
  const made = readFileSync(join(state, "passphrase"), "utf8");
  expect(made).toMatch(/^[\w-]{43}$/);
  expect(statSync(join(state, "passphrase")).mode & 0o777).toBe(0o600);
  expect(statSync(state).mode & 0o777).toBe(0o700);
  of({});
  expect(readFileSync(join(state, "passphrase"), "utf8")).toBe(made);
  expect(machine().of({}).PULUMI_CONFIG_PASSPHRASE_FILE).not.toBe(join(state, "passphrase"));
});

test.each([
  ["PULUMI_BACKEND_URL", { PULUMI_BACKEND_URL: "s3://bucket" }],
  ["PULUMI_ACCESS_TOKEN", { PULUMI_ACCESS_TOKEN: "pul-0" }],
])("%s is respected", (_, own) => {
  const { of } = machine();
  expect(of(own)).not.toHaveProperty("PULUMI_BACKEND_URL");
  expect(of(own)).not.toHaveProperty("PULUMI_CREDENTIAL_STORE");
});

test.each([
  ["PULUMI_CONFIG_PASSPHRASE", { PULUMI_CONFIG_PASSPHRASE: "secret" }],
  ["an empty PULUMI_CONFIG_PASSPHRASE", { PULUMI_CONFIG_PASSPHRASE: "" }],
  ["PULUMI_CONFIG_PASSPHRASE_FILE", { PULUMI_CONFIG_PASSPHRASE_FILE: "/secret" }],
])("%s is respected, and none is made", (_, own) => {
  const { state, of } = machine();
  const environment = of(own);
  expect(environment).not.toHaveProperty("PULUMI_CONFIG_PASSPHRASE_FILE");
  expect(JSON.stringify(environment)).not.toContain("secret");
  expect(() => statSync(join(state, "passphrase"))).toThrow("ENOENT");
});

test("a backend in Pulumi.yaml is respected; an empty one is none", () => {
  expect(machine("backend:\n  url: gs://bucket\n").of({})).not.toHaveProperty("PULUMI_BACKEND_URL");
  expect(machine("backend:\n  url: ''\n").of({})).toHaveProperty("PULUMI_BACKEND_URL");
  expect(machine("- no project").of({})).toHaveProperty("PULUMI_BACKEND_URL");
});

test("a login is respected, and the engine is told where it lies", () => {
  const { home, of } = machine();
  login(join(home, ".pulumi"), { current: "https://api.pulumi.com" });
  const environment = of({});
  expect(environment).not.toHaveProperty("PULUMI_BACKEND_URL");
  expect(environment.PULUMI_CREDENTIALS_PATH).toBe(join(home, ".pulumi"));
});

test("a login in the user's own PULUMI_HOME is where the engine looks anyway", () => {
  const { home, of } = machine();
  login(join(home, "own"), { current: "file://~" });
  const engine: Engine = { root: "/engine", home: join(home, "own"), from: "path" };
  const environment = engineEnvironment(engine, home, { HOME: home, PULUMI_HOME: join(home, "own") });
  expect(environment).not.toHaveProperty("PULUMI_BACKEND_URL");
  expect(environment).not.toHaveProperty("PULUMI_CREDENTIALS_PATH");
  expect(of({})).toHaveProperty("PULUMI_BACKEND_URL");
});

test.each([[{ current: "" }], [{}], [{ current: 7 }], [null]])("%j is no login", (credentials) => {
  const { home, of } = machine();
  login(join(home, ".pulumi"), credentials);
  expect(of({})).toHaveProperty("PULUMI_BACKEND_URL");
});
