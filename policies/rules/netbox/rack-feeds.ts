import type { PowerFeed } from "../../../components/netbox/records.ts";
import { inWatts, needAndHave } from "../../message.ts";
import { type NetBoxRule, placeIn, type RackLoad } from "../../netbox/context.ts";
import { limitTerm, needTerm, type Subject } from "../../rule.ts";

/** The primary feeds of a rack carry it alone, and so do the redundant ones. */
export const rackFeeds: NetBoxRule = {
  id: "netbox/rack-feeds",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: null,
  claim: "TDP of a rack ≤ its primary feeds, and ≤ its redundant feeds where it has any",
  why: "when one side is lost, the other carries the rack without tripping",
  formula: "rack TDP ≤ Σ available of the rack's feeds in service, by type",
  source: "catalog: TDP of the site's system; NetBox: primary and redundant feeds; NEC 210.20(A), 215.3",
  inputs: "rack, type, status, voltage, amperage, max_utilization of the feeds in one file; TDP of the site's racks",
  pass: "each side carries the rack",
  fail: "a side cannot",
  unproved: "the rating of a feed is not known, or the site has racks of several systems, or of unknown TDP",
  fix: "add feeds, or larger ones, or put a feed in service",
  manualCheck: "add up what the feeds of one side carry for long, and hold the TDP of the rack against it",
  notApplicable: "no site is named (--site), or no feed in service names a rack and its type",
  subjects: ({ file, rack }) =>
    rack === null
      ? []
      : [
          ...Map.groupBy(
            file.feeds.filter((feed) => feed.inService && feed.rack !== null && feed.role !== null),
            (feed) => `${feed.site ?? ""}.${feed.rack}.${feed.role}`,
          ).values(),
        ].flatMap((feeds) => subject(feeds, rack)),
};

function subject(feeds: readonly PowerFeed[], { watts, from }: RackLoad): readonly Subject[] {
  const [first] = feeds;
  if (first === undefined) return [];
  return [
    {
      id: `${first.rack}.${first.role}`,
      at: placeIn(first, "rack"),
      state: null,
      claim: "at-most",
      unit: "W",
      inputs: [
        needTerm("W", { name: "TDP of a rack of the site", value: watts, from }),
        ...feeds.map((feed) => limitTerm("W", { name: `feed ${feed.name}`, value: feed.available, from: feed.at })),
      ],
      message: (judged) =>
        `rack ${first.rack}: ${needAndHave({ have: `on ${feeds.length} ${first.role} feeds` }, inWatts)(judged)}`,
    },
  ];
}
