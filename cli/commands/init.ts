import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { inert } from "../../components/site/show-fault.ts";
import { rootFolder, stacksOf } from "../choice.ts";
import { EXIT, type Io } from "../io.ts";
import { Problem } from "../problem.ts";

const NAME = /^[a-z](?:[a-z0-9-]{0,29}[a-z0-9])?$/;
const TEMPLATE = new URL("../templates/site.yaml", import.meta.url);

/** `millrace init <site>`: a blueprint to fill in, valid as it stands, all of its figures unknown. */
export function init(name: string | undefined, options: { readonly cwd?: string }, io: Io): number {
  if (name === undefined || !NAME.test(name)) {
    throw new Problem(
      "name of the site",
      name === undefined ? "no name" : inert(name),
      "lower case, digits and hyphens, a letter first, at most 31 characters",
      "millrace init my-site",
    );
  }
  const root = rootFolder(options.cwd);
  const folder = join(stacksOf(root), name);
  const file = join(folder, "site.yaml");
  if (existsSync(file))
    throw new Problem(
      "site exists already",
      relative(process.cwd(), file),
      "a new name",
      "edit that file, or choose another name",
    );
  mkdirSync(folder, { recursive: true });
  const beside = `${file}.${process.pid}.partial`;
  writeFileSync(beside, readFileSync(TEMPLATE, "utf8").replaceAll("SITE", name));
  renameSync(beside, file);
  io.out(
    `wrote ${relative(process.cwd(), file)}\nnext: millrace check ${name}   names what is still unknown, with its line\n      stacks/README.md     explains each part`,
  );
  return EXIT.proved;
}
