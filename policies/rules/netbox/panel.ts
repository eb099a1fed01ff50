import { didYouMean } from "../../../components/site/nearest.ts";
import { type NetBoxRule, placeIn } from "../../netbox/context.ts";
import { condition } from "../../rule.ts";

/** A feed comes from a panel that is there. */
export const panel: NetBoxRule = {
  id: "netbox/panel",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim: "the panel of a feed is among the power panels",
  why: "a feed from no panel is powered by nothing that can be counted",
  formula: "power_panel, and site where the feed states it, are those of a power panel",
  source: "NetBox: a power feed belongs to one power panel",
  inputs: "power_panel, site of the feed; site, name of the panels in all files",
  pass: "the panel is there",
  fail: "there is no such panel",
  unproved: "never: without panels in the files there is nothing to hold it against",
  fix: "mend the name, or add the panel",
  manualCheck: "look for the panel in NetBox, under Power",
  notApplicable: "the files hold no power panels, or no feeds",
  subjects: ({ file, panels }) =>
    panels.length === 0
      ? []
      : file.feeds.map((feed) => {
          const own = panels.filter(({ site }) => feed.site === null || site === feed.site).map(({ name }) => name);
          const from = placeIn(feed, "power_panel");
          return {
            id: `${feed.panel}.${feed.name}`,
            at: from,
            state: null,
            claim: "all-of",
            unit: "",
            inputs: [condition("the panel is there", own.includes(feed.panel), from)],
            message: ({ verdict }) =>
              `feed ${feed.name}: ${verdict === "proved" ? "from" : "no power panel"} ${feed.panel}${feed.site === null ? "" : ` of ${feed.site}`}`,
            fix: () => didYouMean(feed.panel, own, panel.fix),
          };
        }),
};
