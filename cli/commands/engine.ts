import { join } from "node:path";
import { engineEnvironment, ensureEngine, showUnavailable } from "../engine/index.ts";
import { rootFolder } from "../folder.ts";
import { EXIT, type Io } from "../io.ts";
import { progressLines } from "../progress-lines.ts";
import { shellWord } from "../shell-word.ts";

/** `millrace engine`: gets the engine and prints, as shell lines, what stock `pulumi` needs to find it. */
export async function engine(options: { readonly cwd?: string }, io: Io): Promise<number> {
  const root = rootFolder(options.cwd);
  const drawn = progressLines(io);
  const got = await ensureEngine(drawn.progress);
  drawn.end();
  if (!got.ok) {
    io.err(showUnavailable(got));
    return EXIT.engineFailed;
  }
  const { PATH: _path, ...variables } = engineEnvironment(got.engine, root);
  const lines = Object.entries(variables)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `export ${name}=${shellWord(value)}`);
  const tools = [join(root, "node_modules", ".bin"), join(got.engine.root, "bin")];
  io.out([`export PATH=${tools.map(shellWord).join(":")}:"$PATH"`, ...lines].join("\n"));
  return EXIT.proved;
}
