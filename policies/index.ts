import { PolicyPack, type StackValidationPolicy } from "@pulumi/policy";
import { checkRule, checkWaivers } from "./check.ts";
import type { Enforcement } from "./finding.ts";
import { type EngineRule, judgeStack } from "./pack/judgement.ts";
import { registeredOf, resourcesOf } from "./pack/registered-resources.ts";
import { blindRules, knownBad } from "./pack/self-test.ts";
import { RULES } from "./registry.ts";
import type { Context } from "./rule.ts";
import { waiverRule } from "./waiver-rule.ts";

const ENGINE_RULES: readonly EngineRule[] = [
  ...RULES.map((rule) => ({ text: rule, findings: (context: Context) => checkRule(rule, context) })),
  { text: waiverRule, findings: checkWaivers },
];

const blind = blindRules(RULES, knownBad());
if (blind.length > 0) throw new Error(`no objection to a site in which nothing is right: ${blind.join(", ")}`);

/**
 * The policy pack: every rule of the registry as a stack policy, judged on what the program really registers. It reads
 * the blueprint itself. A rule that is mandatory only from a phase state on has an advisory twin for the phases before.
 */
new PolicyPack("millrace", {
  policies: ENGINE_RULES.flatMap((rule) => [
    policy(rule, rule.text.id, rule.text.enforcement),
    ...(rule.text.mandatoryFrom === null ? [] : [policy(rule, `${rule.text.id}.advisory`, "advisory")]),
  ]),
});

function policy(rule: EngineRule, name: string, enforcement: Enforcement): StackValidationPolicy {
  const { claim, severity, fix } = rule.text;
  return {
    name,
    description: claim,
    enforcementLevel: enforcement,
    severity,
    remediationSteps: fix,
    validateStack: ({ resources }, reportViolation) => {
      for (const report of judgeStack(
        rule,
        () => ({ objects: registeredOf(resources), resources: resourcesOf(resources) }),
        resources[0]?.urn ?? "",
      )) {
        if (report.enforcement === enforcement) reportViolation(report.text, report.urn);
      }
    },
  };
}
