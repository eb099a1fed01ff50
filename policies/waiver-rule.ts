import type { RuleText } from "./rule.ts";

/** What is said of waivers themselves. It judges the findings of the other rules, and so stands beside the registry. */
export const waiverRule: RuleText = {
  id: "site/waivers",
  enforcement: "advisory",
  severity: "medium",
  mandatoryFrom: null,
  claim: "every waiver counts today and answers for an open finding",
  why: "a waiver that has run out protects nobody, and one that matches nothing hides what it was meant for",
  formula: "expires ≥ today ∧ at most 90 days ahead ∧ matches an open finding",
  source: "blueprint: waivers",
  inputs: "waivers, the day of the check, the findings of all rules",
  pass: "the waiver is applied, and its finding carries it",
  fail: "it has expired, runs for more than 90 days, or matches no open finding",
  unproved: "never: the day of the check is given",
  fix: "renew it with a new reason and day, or take it out",
  manualCheck: "compare the day with today, and rule and subject with what millrace check prints",
  notApplicable: "every waiver is applied, or there is none",
};
