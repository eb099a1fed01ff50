import { describe, expect, test } from "vitest";
import { check } from "../../policies/check.ts";
import { RULES } from "../../policies/registry.ts";
import { contextOf, verdictOn } from "../support/context.ts";
import type { RuleCases } from "../support/rule-case.ts";
import { siteText } from "../support/sites.ts";
import { AWS_CASES } from "./aws-cases.ts";
import { COMPUTE_CASES } from "./compute-cases.ts";
import { COOLING_CASES } from "./cooling-cases.ts";
import { COST_CASES } from "./cost-cases.ts";
import { GPU_STACK_CASES } from "./gpu-stack-cases.ts";
import { NETWORK_CASES } from "./network-cases.ts";
import { NVLINK_CASES } from "./nvlink-cases.ts";
import { PD_CASES } from "./pd-cases.ts";
import { POWER_CASES } from "./power-cases.ts";
import { RDMA_CASES } from "./rdma-cases.ts";
import { REMEDIATION_CASES } from "./remediation-cases.ts";
import { SERVING_CASES } from "./serving-cases.ts";
import { SITE_CASES } from "./site-cases.ts";

const lab = siteText("lab");

/** For each rule: what passes, what fails, the limit itself and one unit past it, what is not known, and nothing at all. */
const CASES: RuleCases = {
  ...POWER_CASES,
  ...COOLING_CASES,
  ...COMPUTE_CASES,
  ...GPU_STACK_CASES,
  ...NETWORK_CASES,
  ...SITE_CASES,
  ...SERVING_CASES,
  ...COST_CASES,
  ...AWS_CASES,
  ...NVLINK_CASES,
  ...PD_CASES,
  ...RDMA_CASES,
  ...REMEDIATION_CASES,
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
