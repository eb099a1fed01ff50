import { type Opened, openSite } from "../components/open.ts";
import { showFaults } from "../components/site/show-fault.ts";
import { shownPath, stacksOf } from "./folder.ts";
import { faultsJson } from "./format/faults-json.ts";
import type { Io } from "./io.ts";

/** The site, opened; null where its blueprint has faults, told as text, or as JSON of a version where one is asked for. */
export function openOrTell(root: string, site: string, io: Io, jsonVersion: string | null = null): Opened | null {
  const opened = openSite(shownPath(stacksOf(root)), site, null);
  if (opened.ok) return opened;
  if (jsonVersion === null) io.err(showFaults(opened.faults, opened.source));
  else io.out(faultsJson(jsonVersion, site, opened));
  return null;
}
