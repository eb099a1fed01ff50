import type { Fault } from "../components/site/fault.ts";
import { didYouMean } from "../components/site/nearest.ts";
import type { Finding } from "./finding.ts";

/** What a policy-pack configuration does to rules: the levels of Pulumi's own file format. */
type Level = "mandatory" | "advisory" | "disabled";
export interface PackConfig {
  readonly file: string;
  readonly levels: ReadonlyMap<string, Level>;
}

const LEVELS: readonly Level[] = ["mandatory", "advisory", "disabled"];

/**
 * Reads Pulumi's policy-pack configuration: `{"all": "advisory", "power/feed": {"enforcementLevel": "disabled"}}`.
 * Rules that the pack does not have, and levels that do not exist, are faults.
 */
export function readPackConfig(text: string, file: string, ruleIds: readonly string[]): PackConfig | readonly Fault[] {
  const parsed = parseJson(text);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    return [
      {
        path: "",
        problem: "not a policy-pack configuration",
        got: text.slice(0, 40),
        allowed: "a JSON object of rules",
        fix: 'write {"rule/id": "advisory"}',
      },
    ];
  }
  const known = new Set(["all", ...ruleIds, ...ruleIds.map((id) => `${id}.advisory`)]);
  const entries = Object.entries(parsed).map(([rule, value]) => ({ rule, value, level: levelOf(value) }));
  const faults = entries.flatMap(({ rule, value, level }) => [
    ...(known.has(rule) ? [] : [unknownRule(rule, ruleIds)]),
    ...(level === null ? [wrongLevel(rule, value)] : []),
  ]);
  if (faults.length > 0) return faults;
  return {
    file,
    levels: new Map(entries.flatMap(({ rule, level }) => (level === null || level === "unset" ? [] : [[rule, level]]))),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** "unset" where the entry sets other things than the level; null where the level is none. */
function levelOf(value: unknown): Level | "unset" | null {
  const options = typeof value === "object" && value !== null && !Array.isArray(value);
  const level = options ? (value as { readonly enforcementLevel?: unknown }).enforcementLevel : value;
  if (options && level === undefined) return "unset";
  return LEVELS.find((each) => each === level) ?? null;
}

const unknownRule = (rule: string, ruleIds: readonly string[]): Fault => ({
  path: rule,
  problem: "unknown rule",
  got: rule,
  allowed: `one of the ${ruleIds.length} rules, or all`,
  fix: didYouMean(rule, ruleIds, "list them: millrace explain"),
});

const wrongLevel = (rule: string, value: unknown): Fault => ({
  path: rule,
  problem: "unknown enforcement level",
  got: JSON.stringify(value),
  allowed: LEVELS.join(", "),
  fix: 'write "advisory", or {"enforcementLevel": "advisory"}',
});

/** Findings under a configuration: lowered ones say by which file; a mandatory finding is never raised from advisory. */
export function relaxed(findings: readonly Finding[], config: PackConfig | null): readonly Finding[] {
  if (config === null) return findings;
  return findings.map((finding) => {
    const level = config.levels.get(finding.rule) ?? config.levels.get("all");
    const lowers = finding.enforcement === "mandatory" && (level === "advisory" || level === "disabled");
    return lowers ? { ...finding, enforcement: "advisory", relaxedBy: `${config.file}: ${level}` } : finding;
  });
}
