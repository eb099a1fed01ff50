import { describe, expect, test } from "vitest";
import { check } from "../../policies/check.ts";
import { type RegisteredObject, UNKNOWN } from "../../policies/registered.ts";
import { RULES } from "../../policies/registry.ts";
import { adding, deployment, without } from "../support/by-hand.ts";
import { contextOf, verdictOn } from "../support/context.ts";
import { CALL, curtailedLab, SHED } from "../support/curtailment.ts";
import type { RuleCases } from "../support/rule-case.ts";
import { labWith, labWithoutGate, siteText } from "../support/sites.ts";
import { AWS_CASES } from "./aws-cases.ts";
import { COOLING_CASES } from "./cooling-cases.ts";
import { GPU_STACK_CASES } from "./gpu-stack-cases.ts";
import { SERVING_CASES } from "./serving-cases.ts";

const lab = siteText("lab");
const held = labWith(["state: online", "state: burn-in"]);
const queueWith = (resource: string, quota: unknown) => (planned: readonly RegisteredObject[]) =>
  planned.map((entry) => {
    const object = structuredClone(entry.object) as {
      kind: string;
      spec: { resourceGroups: { flavors: { resources: { name: string; nominalQuota: unknown }[] }[] }[] };
    };
    if (object.kind !== "ClusterQueue") return entry;
    for (const each of object.spec.resourceGroups
      .flatMap(({ flavors }) => flavors)
      .flatMap(({ resources }) => resources)) {
      if (each.name === resource) each.nominalQuota = quota;
    }
    return { ...entry, object };
  });

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
const atSpeed = (speed: string): string => labWith(["portSpeed: { value: 400 Gb/s,", `portSpeed: { value: ${speed},`]);

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

/** For each rule: what passes, what fails, the limit itself and one unit past it, what is not known, and nothing at all. */
const CASES: RuleCases = {
  ...COOLING_CASES,
  ...SERVING_CASES,
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
    boundary: { text: labWith(["value: 12 s", "value: 666.2 s"]), subject: "lab.ups", verdict: "proved" },
    "past the boundary": { text: labWith(["value: 12 s", "value: 666.3 s"]), subject: "lab.ups", verdict: "violated" },
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
  "compute/pool-capacity": {
    pass: { subject: "pools.gb300", verdict: "proved" },
    fail: { registered: adding(deployment("64")), subject: "pools.gb300", verdict: "violated" },
    boundary: { registered: adding(deployment("32")), subject: "pools.gb300", verdict: "proved" },
    "past the boundary": { registered: adding(deployment("33")), subject: "site", verdict: "violated" },
    unknown: { registered: adding(deployment(UNKNOWN)), subject: "pools.gb300", verdict: "unproved" },
  },
  "compute/pool-plan": {
    pass: { subject: "pools.gb300", verdict: "proved" },
    fail: { registered: queueWith("nvidia.com/gpu", "576"), subject: "pools.gb300", verdict: "violated" },
    boundary: { registered: queueWith("nvidia.com/gpu", "512"), subject: "pools.gb300", verdict: "proved" },
    "past the boundary": { registered: queueWith("nvidia.com/gpu", 513), subject: "pools.gb300", verdict: "violated" },
    unknown: { registered: queueWith("nvidia.com/gpu", "lots"), subject: "pools.gb300", verdict: "unproved" },
  },
  "compute/held": {
    pass: { text: held, subject: "pools.gb300", verdict: "proved" },
    fail: { text: held, registered: adding(deployment("4")), subject: "pools.gb300", verdict: "violated" },
    boundary: { text: held, registered: queueWith("nvidia.com/gpu", "0"), subject: "pools.gb300", verdict: "proved" },
    "past the boundary": {
      text: held,
      registered: queueWith("nvidia.com/gpu", "1"),
      subject: "pools.gb300",
      verdict: "violated",
    },
    unknown: {
      text: held,
      registered: queueWith("nvidia.com/gpu", UNKNOWN),
      subject: "pools.gb300",
      verdict: "unproved",
    },
    empty: { subject: "site", verdict: "not-applicable" },
  },
  "compute/queued": {
    pass: {
      registered: adding(deployment("4")),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "proved",
    },
    fail: {
      registered: adding(deployment("64", { labels: {} })),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "violated",
    },
    boundary: {
      registered: adding(deployment("64", { labels: { "kueue.x-k8s.io/queue-name": "nowhere" } })),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "violated",
    },
    unknown: {
      registered: adding(deployment("64", { labels: { "kueue.x-k8s.io/queue-name": UNKNOWN } })),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "unproved",
    },
    empty: { text: held, subject: "site", verdict: "not-applicable" },
  },
  "network/sized": {
    pass: { subject: "lab.compute", verdict: "proved" },
    fail: { text: labWith(["switch: sn5600", "switch: q3400-ra"]), subject: "lab.compute", verdict: "violated" },
    // The slowest port that the switch has, and one that is slower.
    boundary: { text: atSpeed("100 Gb/s"), subject: "lab.converged", verdict: "proved" },
    "past the boundary": { text: atSpeed("99 Gb/s"), subject: "lab.converged", verdict: "violated" },
    unknown: {
      text: labWith(["portSpeed: { value: 400 Gb/s,", "portSpeed: { value: unknown,"]),
      subject: "lab.converged",
      verdict: "unproved",
    },
    nothing: {
      text: lab.replace(/ {2}fabrics:[\s\S]*? {2}ways/, "  ways"),
      subject: "network.fabrics",
      verdict: "unproved",
    },
  },
  "network/failure": {
    pass: { subject: "lab.compute", verdict: "proved" },
    fail: { text: labWith(["keeps: 75 %", "keeps: 90 %"]), subject: "lab.compute", verdict: "violated" },
    boundary: { text: labWith(["keeps: 50 %", "keeps: 0.5"]), subject: "lab.converged", verdict: "proved" },
    "past the boundary": {
      text: labWith(["keeps: 50 %", "keeps: 0.500001"]),
      subject: "lab.converged",
      verdict: "violated",
    },
    unknown: {
      text: labWith(["portSpeed: { value: 400 Gb/s,", "portSpeed: { value: unknown,"]),
      subject: "lab.converged",
      verdict: "unproved",
    },
    empty: {
      text: lab.replace(/ {2}fabrics:[\s\S]*? {2}ways/, "  ways"),
      subject: "site",
      verdict: "not-applicable",
    },
  },
  "network/reach": {
    pass: { subject: "lab.compute", verdict: "proved" },
    fail: {
      text: labWith(["rowPitch: { value: 3 m,", "rowPitch: { value: 3000 m,"]),
      subject: "lab.compute",
      verdict: "violated",
    },
    // From the leaves past the last rack to the network row: 8 × 0.6 m, two drops of 3 m and a tenth; 2 km reach.
    boundary: {
      text: labWith(["rowPitch: { value: 3 m,", "rowPitch: { value: 1807.381 m,"]),
      subject: "lab.compute",
      verdict: "proved",
    },
    "past the boundary": {
      text: labWith(["rowPitch: { value: 3 m,", "rowPitch: { value: 1807.383 m,"]),
      subject: "lab.compute",
      verdict: "violated",
    },
    unknown: {
      text: labWith(["drop: { value: 3 m,", "drop: { value: unknown,"]),
      subject: "lab.compute",
      verdict: "unproved",
    },
    nothing: {
      text: lab.replace(/ {2}ways:[\s\S]*? {2}addresses/, "  addresses"),
      subject: "lab.compute",
      verdict: "unproved",
    },
    empty: {
      text: lab.replace(/ {2}fabrics:[\s\S]*? {2}ways/, "  ways"),
      subject: "site",
      verdict: "not-applicable",
    },
  },
  "network/addresses": {
    pass: { subject: "lab.converged", verdict: "proved" },
    fail: {
      text: labWith(["firstAsn: 4200000000", "firstAsn: 4294967294"]),
      subject: "lab.converged",
      verdict: "violated",
    },
    // The converged fabric has six leaves with subnets of 128 addresses, in one of six shares.
    boundary: {
      text: labWith(["ipv4: 10.0.0.0/16", "ipv4: 10.0.0.0/19"]),
      subject: "lab.converged",
      verdict: "proved",
    },
    "past the boundary": {
      text: labWith(["ipv4: 10.0.0.0/16", "ipv4: 10.0.0.0/20"]),
      subject: "lab.converged",
      verdict: "violated",
    },
    unknown: {
      text: labWith(["portSpeed: { value: 400 Gb/s,", "portSpeed: { value: unknown,"]),
      subject: "lab.converged",
      verdict: "unproved",
    },
    nothing: {
      text: lab.replace(/ {2}addresses:[\s\S]*?\n\npools/, "\npools"),
      subject: "lab.converged",
      verdict: "unproved",
    },
    empty: {
      text: lab.replace(/ {2}fabrics:[\s\S]*? {2}ways/, "  ways"),
      subject: "site",
      verdict: "not-applicable",
    },
  },
  "site/gates": {
    pass: { subject: "phases.lab.nvlink", verdict: "proved" },
    fail: { today: "2026-10-01", subject: "phases.lab.nvlink", verdict: "violated" },
    boundary: { today: "2026-10-02", subject: "phases.lab.nvlink", verdict: "proved" },
    unknown: { text: labWithoutGate("nvlink"), subject: "phases.lab.nvlink", verdict: "unproved" },
    empty: { text: labWith(["state: online", "state: permitted"]), subject: "site", verdict: "not-applicable" },
  },
  "site/gate-order": {
    pass: { subject: "phases.lab.nvlink", verdict: "proved" },
    fail: {
      text: labWith(["2026-09-03", "2026-07-31"]),
      subject: "phases.lab.functional-performance",
      verdict: "violated",
    },
    boundary: {
      text: labWith(["2026-09-03", "2026-08-19"]),
      subject: "phases.lab.functional-performance",
      verdict: "proved",
    },
    "past the boundary": {
      text: labWith(["2026-09-03", "2026-08-18"]),
      subject: "phases.lab.functional-performance",
      verdict: "violated",
    },
    empty: { text: labWith(["state: online", "state: permitted"]), subject: "site", verdict: "not-applicable" },
  },
  "site/gate-values": {
    pass: { subject: "phases.lab.nvlink.busbw", verdict: "proved" },
    fail: {
      text: labWith(["load: 101 %", "load: 70 %"]),
      subject: "phases.lab.integrated-systems-test.load",
      verdict: "violated",
    },
    boundary: { text: labWith(["838.2 GB/s", "720 GB/s"]), subject: "phases.lab.nvlink.busbw", verdict: "proved" },
    "past the boundary": {
      text: labWith(["838.2 GB/s", "719.999999999 GB/s"]),
      subject: "phases.lab.nvlink.busbw",
      verdict: "violated",
    },
    unknown: { text: labWith(["838.2 GB/s", "unknown"]), subject: "phases.lab.nvlink.busbw", verdict: "unproved" },
    nothing: {
      text: labWith(["        measured: { busbw: 838.2 GB/s }\n", ""]),
      subject: "phases.lab.nvlink.busbw",
      verdict: "unproved",
    },
    empty: { text: labWith(["state: online", "state: permitted"]), subject: "site", verdict: "not-applicable" },
  },
  "site/studies": {
    pass: { subject: "phases.lab.arc-flash", verdict: "proved" },
    fail: { today: "2026-05-12", subject: "phases.lab.arc-flash", verdict: "violated" },
    boundary: { today: "2026-05-13", subject: "phases.lab.arc-flash", verdict: "proved" },
    "past the boundary": {
      text: lab.replace("rating: { value: 500 kW", "rating: { value: 500001 W"),
      subject: "phases.lab.arc-flash",
      verdict: "unproved",
    },
    unknown: {
      text: lab.replace("value: 500 kW", "value: unknown"),
      subject: "phases.lab.arc-flash",
      verdict: "unproved",
    },
    nothing: {
      text: lab.replace(/ {4}studies:[\s\S]*?\n\nnetwork/, "\nnetwork"),
      subject: "phases.lab.arc-flash",
      verdict: "unproved",
    },
    empty: { text: labWith(["state: online", "state: permitted"]), subject: "site", verdict: "not-applicable" },
  },
  "site/sourced": {
    pass: { subject: "facts.power.pue", verdict: "proved" },
    fail: {
      text: labWith(['{ value: 1.20, source: "integrated systems test LAB-L5-001, measured at full load" }', "1.20"]),
      subject: "facts.power.pue",
      verdict: "unproved",
    },
    boundary: {
      text: labWith(["{ value: 1.20,", "{ value: 1.20, assumed: true,"], ["state: online", "state: burn-in"]),
      subject: "facts.power.pue",
      verdict: "proved",
    },
    "past the boundary": {
      text: labWith(["{ value: 1.20,", "{ value: 1.20, assumed: true,"], ["state: online", "state: accepted"]),
      subject: "facts.power.pue",
      verdict: "unproved",
    },
    unknown: {
      text: labWith(["{ value: 1.20,", "{ value: unknown,"]),
      subject: "facts.power.pue",
      verdict: "unproved",
    },
  },
  "serving/endpoint-fits": {
    pass: { subject: "endpoints.llama-70b", verdict: "proved" },
    fail: {
      text: labWith(["nodesPerReplica: 1\n      gpusPerNode: 4", "nodesPerReplica: 1\n      gpusPerNode: 8"]),
      subject: "endpoints.llama-70b",
      verdict: "violated",
    },
    boundary: {
      text: labWith(["replicas: 14\n      nodesPerReplica: 4", "replicas: 3\n      nodesPerReplica: 16"]),
      subject: "endpoints.deepseek-r1",
      verdict: "proved",
    },
    unknown: {
      text: labWith(["gb300-nvl72", "vera-rubin-nvl72"]),
      subject: "endpoints.deepseek-r1",
      verdict: "unproved",
    },
    empty: {
      text: lab.replace(/ {2}endpoints:\n[\s\S]*?\n\ncost/, "  endpoints: []\n\ncost"),
      subject: "site",
      verdict: "not-applicable",
    },
  },
  "serving/image-digest": {
    pass: { subject: "endpoints.llama-70b", verdict: "proved" },
    fail: {
      registered: adding(deployment("4", { container: { image: "a/b:latest" } })),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "unproved",
    },
    boundary: {
      registered: adding(deployment("4", { container: { image: `a/b@sha256:${"0".repeat(63)}` } })),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "unproved",
    },
    unknown: {
      registered: adding(deployment("4", { container: { image: UNKNOWN } })),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "unproved",
    },
    empty: {
      text: lab.replace(/ {2}endpoints:\n[\s\S]*?\n\ncost/, "  endpoints: []\n\ncost"),
      subject: "site",
      verdict: "not-applicable",
    },
  },
  "serving/pod-security": {
    pass: {
      registered: adding(deployment("4")),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "proved",
    },
    fail: {
      registered: adding(deployment("4", { spec: { hostNetwork: true } })),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "violated",
    },
    boundary: { registered: without("Namespace"), subject: "namespaces.tenant-research", verdict: "violated" },
    unknown: {
      registered: adding(deployment("4", { spec: { hostNetwork: UNKNOWN } })),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "unproved",
    },
  },
  "cost/budget-capex": {
    pass: { subject: "cost.capex", verdict: "proved" },
    fail: { text: labWith(["value: $45 M", "value: $40 M"]), subject: "cost.capex", verdict: "violated" },
    boundary: { text: labWith(["value: $45 M", "value: $43363264"]), subject: "cost.capex", verdict: "proved" },
    "past the boundary": {
      text: labWith(["value: $45 M", "value: $43363263.999999"]),
      subject: "cost.capex",
      verdict: "violated",
    },
    unknown: { text: labWith(["value: $45 M", "value: unknown"]), subject: "cost.capex", verdict: "unproved" },
  },
  "cost/budget-hourly": {
    pass: { subject: "cost.perHour", verdict: "proved" },
    fail: { text: labWith(["value: $1200", "value: $1000"]), subject: "cost.perHour", verdict: "violated" },
    boundary: { text: labWith(["value: $1200", "value: $1089.176356"]), subject: "cost.perHour", verdict: "proved" },
    "past the boundary": {
      text: labWith(["value: $1200", "value: $1089.176355"]),
      subject: "cost.perHour",
      verdict: "violated",
    },
    unknown: { text: labWith(["value: 7.1 c/kWh", "value: unknown"]), subject: "cost.perHour", verdict: "unproved" },
  },
  "cost/price-age": {
    pass: { subject: "prices.gb300-nvl72", verdict: "proved" },
    fail: { today: "2027-06-01", subject: "prices.gb300-nvl72", verdict: "violated" },
    boundary: { today: "2027-01-01", subject: "prices.gb300-nvl72", verdict: "proved" },
    "past the boundary": { today: "2027-01-02", subject: "prices.gb300-nvl72", verdict: "violated" },
    empty: { text: labWith(["state: online", "state: retired"]), subject: "site", verdict: "not-applicable" },
  },
  ...AWS_CASES,
  ...GPU_STACK_CASES,
};

describe.each(Object.entries(CASES))("%s", (rule, cases) => {
  test.each(Object.entries(cases))("%s", (_, { subject, verdict, text, ...given }) => {
    expect(verdictOn(rule, subject, { text: text ?? lab, ...given })).toBe(verdict);
  });
});

test("every rule has its cases, and a page without a gap", () => {
  expect(Object.keys(CASES).sort()).toEqual(RULES.map(({ id }) => id).sort());
  for (const rule of RULES) {
    const { subjects: _subjects, mandatoryFrom: _from, ...words } = rule;
    expect(Object.values(words).every((word) => typeof word === "string" && word !== "")).toBe(true);
  }
});

/** Rules whose subjects cannot be absent in a blueprint that is read at all. */
const NEVER_EMPTY = [
  "power/feed",
  "cooling/capacity",
  "hall/layout",
  "power/budget",
  "power/registered-quota",
  "compute/pool-capacity",
  "compute/pool-plan",
  "site/sourced",
  "network/sized",
  "serving/pod-security",
  "cost/budget-capex",
  "cost/budget-hourly",
];

test("what has no subject says why", () => {
  const withEmpty = Object.entries(CASES)
    .filter(([, cases]) => cases.empty !== undefined)
    .map(([rule]) => rule);
  expect([...withEmpty, ...NEVER_EMPTY].sort()).toEqual(RULES.map(({ id }) => id).sort());
});

test("the lab proves: every mandatory finding is proved or does not apply", () => {
  const open = check(contextOf({ text: lab })).filter(
    ({ verdict }) => verdict !== "proved" && verdict !== "not-applicable",
  );
  expect(open).toEqual([]);
});
