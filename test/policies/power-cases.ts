import { type RegisteredObject, UNKNOWN } from "../../policies/registered.ts";
import { queueWith, without } from "../support/by-hand.ts";
import { CALL, curtailedLab, SHED } from "../support/curtailment.ts";
import type { RuleCases } from "../support/rule-case.ts";
import { labWith, siteText } from "../support/sites.ts";

const lab = siteText("lab");
const held = labWith(["state: online", "state: burn-in"]);
/** The lab without a one-line; with one transfer switch for all four lineups; with UPS that store nothing. */
const noOneLine = lab.replace(/ {2}distribution:[\s\S]*?\n\nbuildings/, "  distribution: []\n\nbuildings");
const oneSwitch: [string, string] = [
  "- id: transfer-switch\n      per: building\n      count: 4\n      scheme: 4N/3",
  "- id: transfer-switch\n      per: building\n      count: 1\n      scheme: N",
];
const noRideThrough: [string, string][] = [
  ["- id: ups\n", "- id: ups\n      kind: pdu\n"],
  [
    '      rideThrough: { value: 5 min, source: "UPS data sheet LAB-DS-14: usable at end of life, at rated load" }\n',
    "",
  ],
];
const sharing = (workload: string, value: string): [string, string] => [
  "otherIt: {",
  `workload: ${workload}\n    diversity: { value: ${value}, source: "measured over eight weeks" }\n    otherIt: {`,
];
/** Kueue's configuration counting a GPU for other watts, or what it counts not known. */
const counting = (watts: string | typeof UNKNOWN) => (planned: readonly RegisteredObject[]) =>
  planned.map((entry) => {
    const object = structuredClone(entry.object) as { kind: string; data: Record<string, unknown> };
    if (object.kind !== "ConfigMap" || !("controller_manager_config.yaml" in object.data)) return entry;
    const text = String(object.data["controller_manager_config.yaml"]);
    if (!text.includes('"1973"')) throw new Error("the lab counts another figure");
    return {
      ...entry,
      object: {
        ...object,
        data: { "controller_manager_config.yaml": watts === UNKNOWN ? UNKNOWN : text.replace("1973", watts) },
      },
    };
  });
/** The alert on the budget at another limit, or its expression not known. */
const alertingAbove = (watts: number | typeof UNKNOWN) => (planned: readonly RegisteredObject[]) =>
  planned.map((entry) => {
    const object = structuredClone(entry.object) as {
      kind: string;
      spec: { groups: { rules: { alert?: string; expr: unknown }[] }[] };
    };
    if (object.kind !== "PrometheusRule") return entry;
    const alert = object.spec.groups
      .flatMap(({ rules }) => rules)
      .find((rule) => rule.alert === "MillracePowerAboveBudget");
    if (alert === undefined) throw new Error("the lab has no such alert");
    alert.expr = watts === UNKNOWN ? UNKNOWN : String(alert.expr).replace("1136000", String(watts));
    return { ...entry, object };
  });

export const POWER_CASES: RuleCases = {
  "power/firm-supply": {
    pass: { subject: "2026-Q4", verdict: "proved" },
    fail: { text: labWith(["value: 2 MW", "value: 1 MW"]), subject: "2026-Q4", verdict: "violated" },
    boundary: { text: labWith(["value: 2 MW", "value: 1536327 W"]), subject: "2026-Q4", verdict: "proved" },
    "past the boundary": {
      text: labWith(["value: 2 MW", "value: 1536326 W"]),
      subject: "2026-Q4",
      verdict: "violated",
    },
    unknown: { text: labWith(["value: 2 MW", "value: unknown"]), subject: "2026-Q4", verdict: "unproved" },
    empty: { text: labWith(["state: online", "state: retired"]), subject: "site", verdict: "not-applicable" },
  },
  "power/contracted-supply": {
    nothing: {
      text: noOneLine.replace(/ {2}services:[\s\S]*? {2}generation/, "  services: []\n  generation"),
      subject: "2026-Q4",
      verdict: "unproved",
    },
    pass: { subject: "2026-Q4", verdict: "proved" },
    fail: {
      text: labWith(["value: 2.5 MW", "value: 1 MW"], ["value: 2 MW", "value: 1 MW"]),
      subject: "2026-Q4",
      verdict: "violated",
    },
    boundary: {
      text: labWith(["value: 2.5 MW", "value: 1536327 W"], ["value: 2 MW", "value: 1 MW"]),
      subject: "2026-Q4",
      verdict: "proved",
    },
    "past the boundary": {
      text: labWith(["value: 2.5 MW", "value: 1536326 W"], ["value: 2 MW", "value: 1 MW"]),
      subject: "2026-Q4",
      verdict: "violated",
    },
    unknown: { text: labWith(["value: 2.5 MW", "value: unknown"]), subject: "2026-Q4", verdict: "unproved" },
    empty: { text: labWith(["state: online", "state: retired"]), subject: "site", verdict: "not-applicable" },
  },
  "power/feed": {
    pass: { subject: "lab.rpp", verdict: "proved" },
    fail: { text: labWith(["value: 500 kW", "value: 400 kW"]), subject: "lab.rpp", verdict: "violated" },
    boundary: {
      text: labWith(["value: 33 kW", "value: 142 kW"], ["count: 8", "count: 2"]),
      subject: "lab.whip",
      verdict: "proved",
    },
    "past the boundary": {
      text: labWith(["value: 33 kW", "value: 141999 W"], ["count: 8", "count: 2"]),
      subject: "lab.whip",
      verdict: "violated",
    },
    unknown: { text: labWith(["value: 500 kW", "value: unknown"]), subject: "lab.rpp", verdict: "unproved" },
    nothing: { text: noOneLine, subject: "lab.the-rack", verdict: "unproved" },
  },
  "power/outage": {
    pass: { subject: "lab", verdict: "proved" },
    fail: { text: labWith(oneSwitch), subject: "lab.transfer-switch", verdict: "violated" },
    unknown: {
      text: labWith(...noRideThrough, ["value: 300 ms", "value: 0 ms"], ["value: 12 s", "value: unknown"]),
      subject: "site.substation-4",
      verdict: "unproved",
    },
    boundary: {
      text: labWith(...noRideThrough, ["value: 300 ms", "value: 0 ms"], ["value: 12 s", "value: 0 s"]),
      subject: "lab",
      verdict: "proved",
    },
    "past the boundary": {
      text: labWith(...noRideThrough, ["value: 300 ms", "value: 1 ms"], ["value: 12 s", "value: 0 s"]),
      subject: "site.substation-4",
      verdict: "violated",
    },
    empty: { text: noOneLine, subject: "site", verdict: "not-applicable" },
  },
  "power/ride-through": {
    pass: { subject: "lab.ups", verdict: "proved" },
    fail: { text: labWith(["value: 12 s", "value: 15 min"]), subject: "lab.ups", verdict: "violated" },
    boundary: { text: labWith(["value: 12 s", "value: 832.8 s"]), subject: "lab.ups", verdict: "proved" },
    "past the boundary": { text: labWith(["value: 12 s", "value: 832.9 s"]), subject: "lab.ups", verdict: "violated" },
    unknown: { text: labWith(["value: 12 s", "value: unknown"]), subject: "lab.ups", verdict: "unproved" },
    empty: { text: labWith(...noRideThrough), subject: "site", verdict: "not-applicable" },
  },
  "power/genset-step": {
    pass: { subject: "lab.genset", verdict: "proved" },
    fail: { text: labWith(["value: 70 %", "value: 50 %"]), subject: "lab.genset", verdict: "violated" },
    boundary: {
      text: labWith(["value: 70 %", "value: 100 %"], ["value: 1.25 MW", "value: 818345 W"]),
      subject: "lab.genset",
      verdict: "proved",
    },
    "past the boundary": {
      text: labWith(["value: 70 %", "value: 100 %"], ["value: 1.25 MW", "value: 818344 W"]),
      subject: "lab.genset",
      verdict: "violated",
    },
    unknown: { text: labWith(["value: 70 %", "value: unknown"]), subject: "lab.genset", verdict: "unproved" },
    empty: { text: noOneLine, subject: "site", verdict: "not-applicable" },
  },
  "power/fuel": {
    pass: { subject: "lab.genset", verdict: "proved" },
    fail: { text: labWith(["value: 24 h", "value: 8 h"]), subject: "lab.genset", verdict: "violated" },
    boundary: { text: labWith(["autonomy: 24 h", "autonomy: 86400 s"]), subject: "lab.genset", verdict: "proved" },
    "past the boundary": {
      text: labWith(["autonomy: 24 h", "autonomy: 86401 s"]),
      subject: "lab.genset",
      verdict: "violated",
    },
    unknown: { text: labWith(["value: 24 h", "value: unknown"]), subject: "lab.genset", verdict: "unproved" },
    nothing: { text: labWith(["  autonomy: 24 h\n", ""]), subject: "lab.genset", verdict: "unproved" },
    empty: { text: noOneLine, subject: "site", verdict: "not-applicable" },
  },
  "power/peak": {
    pass: { subject: "lab.rpp", verdict: "proved" },
    fail: { text: labWith(["value: 1.2,", "value: 1.5,"]), subject: "lab.rpp", verdict: "violated" },
    boundary: {
      text: labWith(["value: 33 kW", "value: 146 kW"], ["count: 8", "count: 2"]),
      subject: "lab.whip",
      verdict: "proved",
    },
    "past the boundary": {
      text: labWith(["value: 33 kW", "value: 145999 W"], ["count: 8", "count: 2"]),
      subject: "lab.whip",
      verdict: "violated",
    },
    unknown: { text: labWith(["value: 1.2,", "value: 1.3,"]), subject: "lab.rpp", verdict: "unproved" },
    nothing: { text: lab.replace(/ {2}edpFactor: .*\n/, ""), subject: "lab.rpp", verdict: "unproved" },
    empty: { text: noOneLine, subject: "site", verdict: "not-applicable" },
  },
  "power/diversity": {
    pass: { text: labWith(sharing("inference", "85 %")), subject: "lab", verdict: "proved" },
    fail: { text: labWith(sharing("training", "85 %")), subject: "lab", verdict: "violated" },
    boundary: { text: labWith(sharing("inference", "0.769230769231")), subject: "lab", verdict: "proved" },
    "past the boundary": { text: labWith(sharing("inference", "0.7692")), subject: "lab", verdict: "violated" },
    unknown: { text: labWith(sharing("inference", "unknown")), subject: "lab", verdict: "unproved" },
    nothing: {
      text: labWith(["otherIt: {", 'diversity: { value: 85 %, source: "measured" }\n    otherIt: {']),
      subject: "lab",
      verdict: "unproved",
    },
    empty: { subject: "site", verdict: "not-applicable" },
  },
  "power/ramp": {
    pass: { subject: "2026-Q4", verdict: "proved" },
    fail: { text: labWith(["value: 0.5 MW/s", "value: 2 MW/s"]), subject: "2026-Q4", verdict: "violated" },
    boundary: { text: labWith(["value: 0.5 MW/s", "value: 1 MW/s"]), subject: "2026-Q4", verdict: "proved" },
    "past the boundary": {
      text: labWith(["value: 0.5 MW/s", "value: 1.000001 MW/s"]),
      subject: "2026-Q4",
      verdict: "violated",
    },
    unknown: { text: labWith(["value: 1 MW/s", "value: unknown"]), subject: "2026-Q4", verdict: "unproved" },
    nothing: { text: lab.replace(/ {2}ramp: .*\n/, ""), subject: "2026-Q4", verdict: "unproved" },
    empty: { text: labWith(["state: online", "state: retired"]), subject: "site", verdict: "not-applicable" },
  },
  "power/voltage": {
    pass: { subject: "lab.transformer", verdict: "proved" },
    unknown: {
      text: labWith(["primary: { value: 13.8 kV", "primary: { value: unknown"]),
      subject: "lab.transformer",
      verdict: "unproved",
    },
    empty: { text: noOneLine, subject: "site", verdict: "not-applicable" },
  },
  "power/losses": {
    pass: { subject: "2026-Q4", verdict: "proved" },
    fail: { text: labWith(["value: 1.20", "value: 1.02"]), subject: "2026-Q4", verdict: "violated" },
    boundary: { text: labWith(["value: 1.20", "value: 1.192677806"]), subject: "2026-Q4", verdict: "proved" },
    "past the boundary": { text: labWith(["value: 1.20", "value: 1.192677"]), subject: "2026-Q4", verdict: "violated" },
    unknown: { text: labWith(["value: 97.5 %", "value: unknown"]), subject: "2026-Q4", verdict: "unproved" },
    nothing: {
      text: lab.replace(/ {6}efficiency: \{ value: 97.*\n/, ""),
      subject: "2026-Q4",
      verdict: "unproved",
    },
    empty: { text: labWith(["state: online", "state: retired"]), subject: "site", verdict: "not-applicable" },
  },
  "power/budget": {
    pass: { subject: "pools.gb300", verdict: "proved" },
    fail: { text: labWith(["powerBudget: 1136 kW", "powerBudget: 2 MW"]), subject: "pools.gb300", verdict: "violated" },
    boundary: { subject: "pools.gb300", verdict: "proved" },
    "past the boundary": {
      text: labWith(["powerBudget: 1136 kW", "powerBudget: 1136001 W"]),
      subject: "pools.gb300",
      verdict: "violated",
    },
    unknown: { text: labWith(["gb300-nvl72", "vera-rubin-nvl72"]), subject: "pools.gb300", verdict: "unproved" },
  },
  "power/curtailment": {
    pass: { text: curtailedLab(), subject: "call.2026-Q4", verdict: "proved" },
    fail: { text: curtailedLab(CALL, SHED.slice(0, 1)), subject: "call.2026-Q4", verdict: "violated" },
    boundary: {
      text: curtailedLab(CALL.replace("30 %", "27.86438 %"), SHED.slice(0, 1)),
      subject: "call.2026-Q4",
      verdict: "proved",
    },
    "past the boundary": {
      text: curtailedLab(CALL.replace("30 %", "27.864381 %"), SHED.slice(0, 1)),
      subject: "call.2026-Q4",
      verdict: "violated",
    },
    unknown: {
      text: curtailedLab(CALL, [SHED[0].replace("20 s", "unknown"), SHED[1]]),
      subject: "call.2026-Q4",
      verdict: "unproved",
    },
    nothing: { text: curtailedLab(CALL, []), subject: "call.2026-Q4", verdict: "violated" },
    empty: { subject: "site", verdict: "not-applicable" },
  },
  "power/registered-quota": {
    pass: { subject: "pools.gb300", verdict: "proved" },
    fail: { registered: queueWith("millrace.dev/watts", "2000k"), subject: "pools.gb300", verdict: "violated" },
    boundary: { registered: queueWith("millrace.dev/watts", "1136k"), subject: "pools.gb300", verdict: "proved" },
    "past the boundary": {
      registered: queueWith("millrace.dev/watts", "1136001"),
      subject: "pools.gb300",
      verdict: "violated",
    },
    unknown: { registered: queueWith("millrace.dev/watts", UNKNOWN), subject: "pools.gb300", verdict: "unproved" },
  },
  "power/counted-watts": {
    pass: { subject: "pools.gb300", verdict: "proved" },
    fail: { registered: counting("1000"), subject: "pools.gb300", verdict: "violated" },
    boundary: { registered: counting("1973"), subject: "pools.gb300", verdict: "proved" },
    "past the boundary": { registered: counting("1972"), subject: "pools.gb300", verdict: "violated" },
    unknown: { registered: counting(UNKNOWN), subject: "pools.gb300", verdict: "unproved" },
    nothing: { registered: without("ConfigMap"), subject: "pools.gb300", verdict: "unproved" },
    empty: { text: held, subject: "site", verdict: "not-applicable" },
  },
  "power/measured": {
    pass: { subject: "pools.gb300", verdict: "proved" },
    fail: { registered: without("PrometheusRule"), subject: "pools.gb300", verdict: "violated" },
    boundary: { registered: alertingAbove(1_136_000), subject: "pools.gb300", verdict: "proved" },
    "past the boundary": { registered: alertingAbove(1_136_001), subject: "pools.gb300", verdict: "violated" },
    unknown: { registered: alertingAbove(UNKNOWN), subject: "pools.gb300", verdict: "unproved" },
    nothing: { text: lab.replace(/ {2}alerts:.*\n/, ""), subject: "pools.gb300", verdict: "unproved" },
    empty: { text: held, subject: "site", verdict: "not-applicable" },
  },
};
