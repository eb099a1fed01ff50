import { cpSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run, which } from "../command.ts";
import type { GoModule } from "../go-module.ts";
import type { Environment } from "../places.ts";
import type { Progress } from "../progress.ts";
import type { Had } from "../way.ts";

/**
 * Builds a program from its published Go modules, checked by go.sum. The Go toolchain fetches a newer one of itself
 * where go.mod asks for it and the user allows it.
 */
export async function buildModule(
  module: GoModule,
  what: string,
  own: Environment,
  scratch: string,
  progress: Progress,
): Promise<Had> {
  const go = which("go", own.PATH ?? "");
  if (go === null) return { why: "no Go toolchain on PATH" };
  const minutes = `about ${module.coldMinutes} minutes on two cores the first time`;
  progress({ kind: "step", text: `building ${what} from its published Go modules, ${minutes}` });
  const files = fileURLToPath(module.folder);
  const cwd = join(scratch, basename(files));
  cpSync(files, cwd, { recursive: true });
  const environment = { CGO_ENABLED: "0", GOFLAGS: "-buildvcs=false", GOWORK: "off" };
  const tags = ["-tags", module.tags.join(",")];

  const needed = new Set<string>();
  const listed = await run(go, ["list", "-deps", ...tags, module.target], {
    cwd,
    environment,
    onStdout: (line) => needed.add(line),
    onStderr: (line) => {
      if (line.startsWith(DOWNLOADING)) progress({ kind: "detail", text: line.slice("go: ".length) });
    },
  });
  if (listed.code !== 0) return { why: `its modules cannot be had: ${reason(listed.stderr)}` };

  const output = join(scratch, "built", basename(files));
  const compiled = new Set<string>();
  const built = await run(
    go,
    ["build", "-v", "-trimpath", ...tags, "-ldflags", module.linkFlags, "-o", output, module.target],
    {
      cwd,
      environment,
      onStderr: (line) => {
        if (needed.has(line)) progress({ kind: "share", done: compiled.add(line).size, of: needed.size, text: what });
      },
    },
  );
  return built.code === 0 ? { at: output } : { why: `it does not build: ${reason(built.stderr)}` };
}

const DOWNLOADING = "go: downloading ";

/** The last lines that tell something. */
const reason = (output: string): string => {
  const lines = output.split("\n").filter((line) => line.trim() !== "" && !line.startsWith(DOWNLOADING));
  return lines.slice(-3).join(" ").slice(0, 300);
};
