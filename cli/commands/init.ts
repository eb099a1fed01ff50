import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rootFolder, shownPath, stacksOf } from "../folder.ts";
import { EXIT, type Io } from "../io.ts";
import { Problem } from "../problem.ts";
import { SITE_NAME } from "../sites.ts";

const TEMPLATE = new URL("../templates/site.yaml", import.meta.url);

/** `millrace init <site>`: a blueprint to fill in, valid as it stands, all of its figures unknown. */
export function init(name: string | undefined, options: { readonly cwd?: string }, io: Io): number {
  if (name === undefined || !SITE_NAME.pattern.test(name)) {
    throw new Problem({
      what: "name of the site",
      got: name ?? "no name",
      allowed: SITE_NAME.allowed,
      fix: "choose another name, as in millrace init mill-creek",
    });
  }
  const folder = join(stacksOf(rootFolder(options.cwd)), name);
  const file = join(folder, "site.yaml");
  mkdirSync(folder, { recursive: true });
  writeNew(file, readFileSync(TEMPLATE, "utf8").replaceAll("SITE", name));
  io.out(
    [
      `wrote ${shownPath(file)}: valid, its figures unknown`,
      `next: millrace check ${name}`,
      `      millrace check ${name} --as-of online`,
      "The first names what is unknown, with its line; the second all that it takes.",
      "What a field means: stacks/README.md, or millrace explain power.services.firm",
    ].join("\n"),
  );
  return EXIT.proved;
}

/** A file that is there whole or not at all, and never in another's place. */
function writeNew(file: string, text: string): void {
  const beside = `${file}.${process.pid}.partial`;
  try {
    writeFileSync(beside, text);
    linkSync(beside, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
    throw new Problem({
      what: "the site exists",
      got: shownPath(file),
      allowed: "a new name",
      fix: "edit that file, or choose another name",
    });
  } finally {
    rmSync(beside, { force: true });
  }
}
