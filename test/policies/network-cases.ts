import type { RuleCases } from "../support/rule-case.ts";
import { labWith, siteText } from "../support/sites.ts";

const lab = siteText("lab");
const atSpeed = (speed: string): string => labWith(["portSpeed: { value: 400 Gb/s,", `portSpeed: { value: ${speed},`]);

export const NETWORK_CASES: RuleCases = {
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
      text: labWith(["drop: { value: 3 m,", "drop: { value: 3000 m,"]),
      subject: "lab.compute",
      verdict: "violated",
    },
    // From the first rack to the leaves past the last: 8 × 0.6 m, two drops and a tenth; 100 m reach to a node.
    boundary: {
      text: labWith(["drop: { value: 3 m,", "drop: { value: 43.054 m,"]),
      subject: "lab.compute",
      verdict: "proved",
    },
    "past the boundary": {
      text: labWith(["drop: { value: 3 m,", "drop: { value: 43.055 m,"]),
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
};
