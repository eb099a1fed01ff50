import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test, vi } from "vitest";
import { ensureEngine } from "../../cli/engine/ensure.ts";
import { providerIn } from "../../cli/engine/install.ts";
import { engineFolder } from "../../cli/engine/places.ts";
import { fakePulumi, script, temporaryFolder } from "../support/executables.ts";

const PULUMI = /pulumi-v3\.259\.0-\w+-\w+\.tar\.gz$/;
const PLUGIN_SUM = "ab".repeat(32);

/** An official release, served by a stand-in for fetch: `sums` sees the archive's true checksum. */
function release(served: { version?: string; sums?: (true_: string) => string; pluginStatus?: number }) {
  const home = temporaryFolder();
  const made = join(home, "made");
  fakePulumi(join(made, "pulumi", "pulumi"), served.version ?? "3.259.0");
  script(join(made, "pulumi", "pulumi-language-nodejs"), "# the official one");
  writeFileSync(join(made, "pulumi", "README"), "not to be run");
  execFileSync("tar", ["-czf", join(home, "release.tar.gz"), "-C", made, "pulumi"]);
  const archive = readFileSync(join(home, "release.tar.gz"));
  const sha256 = (served.sums ?? ((sum) => sum))(createHash("sha256").update(archive).digest("hex"));
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    if (PULUMI.test(url)) return new Response(archive);
    const [os, arch] = [process.platform, process.arch];
    if (url.endsWith("/pulumi-3.259.0-checksums.txt"))
      return new Response(`0  other\n${sha256}  pulumi-v3.259.0-${os}-${arch}.tar.gz\n`);
    const name = `pulumi-resource-kubernetes-v4.25.0-${os}-${arch === "x64" ? "amd64" : arch}.tar.gz`;
    return served.pluginStatus === undefined
      ? new Response(`${PLUGIN_SUM.toUpperCase()} *${name}\n`)
      : new Response("", { status: served.pluginStatus });
  });
  const environment = { HOME: home, PATH: "", MILLRACE_ENGINE: "cache,download" };
  return { asked, environment, folder: engineFolder(environment), ensure: () => ensureEngine(() => {}, environment) };
}

test("the official release, held against its checksum, with its own language host and its plugin", async () => {
  const { folder, ensure, asked } = release({});
  expect(await ensure()).toEqual({ ok: true, engine: { root: folder, home: join(folder, "home"), from: "download" } });
  expect(readdirSync(join(folder, "bin"))).toEqual(["pulumi", "pulumi-language-nodejs"]);
  expect(readFileSync(join(folder, "bin", "pulumi-language-nodejs"), "utf8")).toContain("the official one");
  expect(readFileSync(join(dirname(providerIn(join(folder, "home"))), "asked"), "utf8")).toBe(
    `plugin install resource kubernetes 4.25.0 --checksum ${PLUGIN_SUM} --non-interactive\n`,
  );
  expect(new Set(asked.map((url) => new URL(url).host))).toEqual(new Set(["github.com"]));
});

test("a provider without a published checksum is still run before it counts", async () => {
  const { folder, ensure } = release({ pluginStatus: 404 });
  expect(await ensure()).toMatchObject({ ok: true });
  expect(readFileSync(join(dirname(providerIn(join(folder, "home"))), "asked"), "utf8")).not.toContain("--checksum");
});

test("a release that is not what it says leaves nothing", async () => {
  const { folder, ensure } = release({ sums: (sum) => sum.replace(/./, "g") });
  expect(await ensure()).toMatchObject({
    ok: false,
    tried: [{}, { why: expect.stringMatching(/^pulumi-v3\.259\.0-\S+ does not have its published checksum$/) }],
  });
  expect(existsSync(folder)).toBe(false);
  expect(existsSync(`${folder}.lock`)).toBe(false);
});

test("a release of another version is not put in place", async () => {
  const { folder, ensure } = release({ version: "3.258.0" });
  expect(await ensure()).toMatchObject({
    ok: false,
    tried: [{}, { why: expect.stringMatching(/ is 3\.258\.0, not 3\.259\.0$/) }],
  });
  expect(existsSync(folder)).toBe(false);
});

test("a server's refusal is told", async () => {
  const { ensure } = release({ pluginStatus: 503 });
  expect(await ensure()).toMatchObject({
    ok: false,
    tried: [{ source: "cache" }, { source: "download", why: expect.stringMatching(/checksums\.txt: HTTP 503$/) }],
  });
});
