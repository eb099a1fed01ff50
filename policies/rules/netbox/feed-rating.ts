import type { PowerFeed } from "../../../components/netbox/records.ts";
import { showWatts } from "../../../components/quantity.ts";
import { type NetBoxRule, placeIn } from "../../netbox/context.ts";
import { condition, type Subject } from "../../rule.ts";

/** What a feed can carry follows from what the file states, and from nothing else. */
export const feedRating: NetBoxRule = {
  id: "netbox/feed-rating",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim: "a feed states supply, phases, volts, amperes and utilization",
  why: "NetBox fills what is missing with its defaults, 120 V and 15 A among them: nobody has measured those",
  formula: "available = V × A × max_utilization, × √3 where it is three-phase",
  source: "NEC 210.20(A), 215.3: 80 % of a breaker that is not 100 % rated, at power factor 1",
  inputs: "supply, phase, voltage, amperage, max_utilization",
  pass: "all are stated: what the feed can carry is known",
  fail: "never: a figure that is missing is unknown",
  unproved: "one of them is missing",
  fix: "write the figure, as the panel schedule gives it",
  manualCheck: "415 V × 60 A × 80 % × √3 is 34.5 kW",
  notApplicable: "no power feed in the files",
  subjects: ({ file }) => file.feeds.map(subject),
};

function subject(feed: PowerFeed): Subject {
  const fields = [
    ["supply", feed.supply],
    ...(feed.supply === "dc" ? [] : [["phase", feed.phase] as const]),
    ["voltage", feed.volts],
    ["amperage", feed.amperes],
    ["max_utilization", feed.maxUtilizationPercent],
  ] as const;
  const missing = fields.flatMap(([field, value]) => (value === null ? [field] : []));
  return {
    id: `${feed.panel}.${feed.name}`,
    at: feed.at,
    state: null,
    claim: "all-of",
    unit: "",
    inputs: fields.map(([field, value]) =>
      condition(`${field} is stated`, value === null ? null : true, placeIn(feed, field)),
    ),
    message: () =>
      missing.length === 0
        ? `feed ${feed.name}: carries ${showWatts(feed.available)} for long`
        : `feed ${feed.name}: states no ${missing.join(", no ")}`,
  };
}
