import { join } from "node:path";
import { rootFolder } from "../choice.ts";
import { engineEnvironment } from "../engine/index.ts";
import { engineAtHand } from "../engine-at-hand.ts";
import { EXIT, type Io } from "../io.ts";

/** `millrace engine`: gets the engine and prints, as shell lines, what stock `pulumi` needs to find it. */
export async function engine(options: { readonly cwd?: string }, io: Io): Promise<number> {
  const root = rootFolder(options.cwd);
  const found = await engineAtHand(io);
  if (found === null) return EXIT.engineFailed;
  const { PATH: _path, ...variables } = engineEnvironment(found, root);
  const lines = Object.entries(variables)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `export ${name}=${quoted(value)}`);
  io.out(
    [
      `export PATH=${quoted(join(root, "node_modules", ".bin"))}:${quoted(join(found.root, "bin"))}:"$PATH"`,
      ...lines,
    ].join("\n"),
  );
  return EXIT.proved;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
