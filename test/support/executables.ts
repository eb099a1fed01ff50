import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder of the test's own, gone after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "millrace-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a shell script that can be executed, and gives its path. */
export function script(file: string, ...lines: readonly string[]): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, ["#!/bin/sh", ...lines, ""].join("\n"));
  chmodSync(file, 0o755);
  return file;
}

/**
 * Stands in for the Pulumi command line: tells a version, reads a provider's from the stand-in's second line, and
 * installs a plugin of `PLUGIN_VERSION`.
 */
export const fakePulumi = (file: string, version: string, pluginVersion = "4.25.0"): string =>
  script(
    file,
    `case "$1 $2" in`,
    `  "version "*) echo v${version} ;;`,
    `  "package get-schema") sed -n '2s/^# /  "version": "/;2s/$/"/;2p' "$3" ;;`,
    `  "plugin install") d="$PULUMI_HOME/plugins/resource-kubernetes-v$5"; mkdir -p "$d"`,
    `    printf '#!/bin/sh\\n# ${pluginVersion}\\n' > "$d/pulumi-resource-kubernetes"; echo "$@" > "$d/asked" ;;`,
    `  *) exit 1 ;;`,
    `esac`,
  );

export const fakeProvider = (file: string, version: string): string => script(file, `# ${version}`);

/** Stands in for a Go toolchain: lists two packages, says one was compiled, "links" the stand-ins above. */
export const fakeGo = (file: string, pulumiVersion: string, providerVersion: string): string => {
  const made = `${dirname(file)}/../made`;
  fakePulumi(`${made}/pulumi`, pulumiVersion);
  fakeProvider(`${made}/kubernetes-provider`, providerVersion);
  return script(
    file,
    `if [ "$1" = list ]; then echo "go: downloading example.com/a v1.0.0" >&2; echo fmt; echo example.com/a; exit 0; fi`,
    `echo example.com/a >&2; echo "# a remark" >&2`,
    `while [ "$1" != -o ]; do shift; done`,
    `mkdir -p "$(dirname "$2")"; cp "${made}/$(basename "$2")" "$2"`,
  );
};
