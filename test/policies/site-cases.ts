import type { RuleCases } from "../support/rule-case.ts";
import { labWith, labWithoutGate, siteText } from "../support/sites.ts";

const lab = siteText("lab");

export const SITE_CASES: RuleCases = {
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
};
