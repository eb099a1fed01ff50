import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rootFolder, shownPath, stacksOf } from "../folder.ts";
import { EXIT, type Io } from "../io.ts";
import { Problem } from "../problem.ts";
import { SITE_NAME } from "../sites.ts";
import { createWhole } from "../whole-file.ts";

const TEMPLATE = new URL("../templates/site.yaml", import.meta.url);
/** Before the user's mask. */
const READABLE = 0o666;

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
  const file = join(stacksOf(rootFolder(options.cwd)), name, "site.yaml");
  if (!createWhole(file, readFileSync(TEMPLATE, "utf8").replaceAll("SITE", name), READABLE)) {
    throw new Problem({
      what: "the site exists",
      got: shownPath(file),
      allowed: "a new name",
      fix: "edit that file, or choose another name",
    });
  }
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
