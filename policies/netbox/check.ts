import type { SiteSource } from "../../components/site/source.ts";
import type { Finding } from "../finding.ts";
import { applyRule } from "../rule.ts";
import { deviceType } from "../rules/netbox/device-type.ts";
import { dimensions } from "../rules/netbox/dimensions.ts";
import { feedDerating } from "../rules/netbox/feed-derating.ts";
import { feedRating } from "../rules/netbox/feed-rating.ts";
import { maximumDraw } from "../rules/netbox/maximum-draw.ts";
import { nameplate } from "../rules/netbox/nameplate.ts";
import { names } from "../rules/netbox/names.ts";
import { panel } from "../rules/netbox/panel.ts";
import { ports } from "../rules/netbox/ports.ts";
import { powerPorts } from "../rules/netbox/power-ports.ts";
import { rackFeeds } from "../rules/netbox/rack-feeds.ts";
import type { NetBoxContext, NetBoxRule } from "./context.ts";

/** Rules on what NetBox says is built, in the order in which findings are listed. A wrong file is mended, not waived. */
export const NETBOX_RULES: readonly NetBoxRule[] = [
  maximumDraw,
  nameplate,
  powerPorts,
  ports,
  names,
  dimensions,
  deviceType,
  panel,
  feedRating,
  feedDerating,
  rackFeeds,
];

/** A finding with the file that it is about. */
export interface Placed {
  readonly finding: Finding;
  readonly source: SiteSource;
}

/** Every rule on every file; a rule that applies to none of them says so once. */
export function checkNetBox(
  files: readonly NetBoxContext["file"][],
  given: Pick<NetBoxContext, "devices" | "rack">,
): readonly Placed[] {
  const panels = files.flatMap((file) => file.panels);
  return NETBOX_RULES.flatMap((rule) => {
    const all = files.flatMap((file) =>
      applyRule(rule, { ...given, file, panels, asState: null }).map((finding) => ({ finding, source: file.source })),
    );
    const own = all.filter(({ finding }) => finding.verdict !== "not-applicable");
    return own.length > 0 ? own : all.slice(0, 1);
  });
}
