import type tab from "@bomb.sh/tab/commander";
import { COMMANDS } from "./commands.ts";
import { rootFolder } from "./folder.ts";
import { sitesIn } from "./sites.ts";

/** Completes the name of a site where a command takes one that exists. */
export function completeSites(completion: ReturnType<typeof tab>): void {
  for (const { name, argument } of COMMANDS) {
    const place =
      argument === null || name === "init" ? undefined : completion.commands.get(name)?.arguments.get("site");
    if (place !== undefined) {
      place.handler = (complete) => {
        for (const site of sitesHere()) complete(site, "site");
      };
    }
  }
}

/** None where there is no project: completion never complains. */
function sitesHere(): readonly string[] {
  try {
    return sitesIn(rootFolder(undefined));
  } catch {
    return [];
  }
}
