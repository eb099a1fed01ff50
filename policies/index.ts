import { PolicyPack, type StackValidationPolicy } from "@pulumi/policy";
import { engineSubject, type Judgement } from "./pack/judgement.ts";
import { registeredOf } from "./pack/registered-resources.ts";
import { RULES } from "./registry.ts";
import type { Rule } from "./rule.ts";

/**
 * The policy pack: every rule of the registry as a stack policy, judged on what the program really registers. It reads
 * the blueprint itself. A rule that is mandatory only from a phase state on has an advisory twin for the phases before.
 */
new PolicyPack("millrace", {
  policies: RULES.flatMap((rule) =>
    rule.mandatoryFrom === null ? [policy(rule, "own")] : [policy(rule, "own"), policy(rule, "advisory")],
  ),
});

function policy(rule: Rule, side: "own" | "advisory"): StackValidationPolicy {
  return {
    name: side === "own" ? rule.id : `${rule.id}.advisory`,
    description: rule.claim,
    enforcementLevel: side === "own" ? rule.enforcement : "advisory",
    severity: rule.severity,
    remediationSteps: rule.fix,
    validateStack: ({ resources }, reportViolation) => {
      const judgement: Judgement = engineSubject(rule, registeredOf(resources), resources[0]?.urn ?? "");
      const wanted = side === "own" && rule.enforcement === "mandatory" ? "mandatory" : "advisory";
      for (const { enforcement, text, urn } of judgement) {
        if (enforcement === wanted) reportViolation(text, urn);
      }
    },
  };
}
