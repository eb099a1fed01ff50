import { NETBOX_RULES } from "./netbox/check.ts";
import { RULE_TEXTS } from "./registry.ts";
import type { RuleText } from "./rule.ts";

/** Every rule that findings may name: those on a site, and those on what NetBox says is built. */
export const EXPLAINED: readonly RuleText[] = [...RULE_TEXTS, ...NETBOX_RULES];

/** The parts of a rule's page, in the order in which they are read. */
export function ruleParts(rule: RuleText): readonly (readonly [string, string])[] {
  const from =
    rule.mandatoryFrom === null
      ? rule.enforcement
      : `${rule.enforcement} from ${rule.mandatoryFrom} on, advisory before`;
  return [
    ["claim", rule.claim],
    ["why", rule.why],
    ["enforcement", `${from}; severity ${rule.severity}`],
    ["formula", rule.formula],
    ["inputs", rule.inputs],
    ["proved", rule.pass],
    ["violated", rule.fail],
    ["unproved", rule.unproved],
    ["not applicable", rule.notApplicable],
    ["fix", rule.fix],
    ["by hand", rule.manualCheck],
    ["source", rule.source],
  ];
}

export const ruleById = (id: string): RuleText | undefined => EXPLAINED.find((rule) => rule.id === id);

/** All rule pages as one Markdown document. */
export function rulesPage(): string {
  const index = EXPLAINED.map(
    (rule) =>
      `| [\`${rule.id}\`](#${rule.id.replace("/", "")}) | ${rule.enforcement}${rule.mandatoryFrom === null ? "" : ` from ${rule.mandatoryFrom}`} | ${rule.claim} |`,
  );
  const pages = EXPLAINED.map((rule) =>
    [`## ${rule.id}`, ...ruleParts(rule).map(([name, text]) => `- **${name}**: ${text}`)]
      .join("\n\n")
      .replaceAll("\n\n- ", "\n- ")
      .replace("\n- ", "\n\n- "),
  );
  return [
    "# Rules",
    "Made from the rules themselves: edit `policies/rules`, not this page. The same rules judge in `millrace check` and in the Pulumi policy pack; those of `netbox/` judge in `millrace netbox`. A mandatory rule blocks on *violated* and on *unproved*.",
    ["| rule | enforcement | claim |", "|---|---|---|", ...index].join("\n"),
    ...pages,
    "",
  ].join("\n\n");
}
