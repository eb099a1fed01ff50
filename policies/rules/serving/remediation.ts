import type { PoolPlan } from "../../../components/plan-types.ts";
import { hasReached } from "../../../components/site/phase-state.ts";
import { inputsMessage } from "../../message.ts";
import { poolSubject } from "../../pool-subject.ts";
import { readList, readText, UNKNOWN } from "../../registered.ts";
import { condition, type Rule, type Subject } from "../../rule.ts";
import { flagOf, startWords } from "../../start-words.ts";
import { type Workload, workloadsOf } from "../../workload.ts";

/** Modules of NVSentinel that do something about a fault, by the name of their container; all others only watch. */
const MODULES = [
  ["fault quarantine", "fault-quarantine"],
  ["fault remediation", "fault-remediation"],
] as const;
const IMAGE = /nvsentinel/;

/** A faulty node is taken out and mended without somebody being called. */
export const remediation: Rule = {
  id: "serving/remediation",
  enforcement: "advisory",
  severity: "medium",
  mandatoryFrom: null,
  claim: "faulty nodes are quarantined and remediated by controllers, not as a trial",
  why: "by default it only watches: a GPU that miscounts keeps its pods, and a gang fails again on the same node",
  formula: `NVSentinel registered: containers ${MODULES.map(([, name]) => name).join(" and ")} run pods without --dry-run; else pools[].remediation = automatic`,
  source:
    "NVIDIA NVSentinel: global.faultQuarantine.enabled, global.faultRemediation.enabled and global.dryRun of its chart",
  inputs:
    "registered workloads of NVSentinel: names, images, arguments and number of their containers; pools[].remediation",
  pass: "both run, or the blueprint states it with its source",
  fail: "NVSentinel is registered, and one of the two is not there, is scaled to none or is on trial; or somebody is called",
  unproved:
    "no workload of NVSentinel is registered and pools[].remediation is left out or unknown, or a part of the workloads is",
  fix: "install NVSentinel with both modules enabled, test it, and state it: pools[].remediation: { value: automatic, source: … }",
  manualCheck: "kubectl get deploy -n nvsentinel: fault-quarantine and fault-remediation; their arguments",
  notApplicable: "no pool has nodes that run",
  subjects: ({ plan, registered, asState }) => {
    const pools = plan.pools.filter(({ state }) => state !== "retired" && hasReached(asState ?? state, "energized"));
    if (pools.length === 0) return [];
    const modules = workloadsOf(registered).flatMap(modulesOf);
    return pools.map((pool) => subject(pool, modules));
  },
};

/** What is registered tells more than what is stated. */
function subject(pool: PoolPlan, modules: readonly Module[]): Subject {
  const at = `${pool.at}.remediation`;
  const stated = pool.remediation === null ? null : pool.remediation === "automatic";
  const inputs =
    modules.length === 0
      ? [condition("faulty nodes are taken out and mended by controllers", stated, at)]
      : MODULES.map(([words, name]) =>
          condition(`${words} runs`, runs(modules, name), modules.find((each) => each.name === name)?.urn ?? at),
        );
  return poolSubject(
    pool,
    at,
    inputs,
    () => `faults in pool ${pool.id}: ${inputsMessage("nodes are taken out and mended by controllers", inputs)}`,
  );
}

interface Module {
  readonly urn: string;
  /** Of its container, as the chart calls it now: versions before 1 had "-module" behind it. */
  readonly name: string;
  /** Whether it acts; null where its number of pods or its arguments are not known. */
  readonly acts: boolean | null;
}

/** Containers of NVSentinel. */
function modulesOf({ urn, templates }: Workload): readonly Module[] {
  return templates.flatMap(({ pods, template }) => {
    const containers = readList(template, "spec", "containers");
    if (containers === UNKNOWN) return [];
    return containers.flatMap((container) => {
      const image = readText(container, "image");
      const name = readText(container, "name");
      if (typeof image !== "string" || !IMAGE.test(image) || typeof name !== "string") return [];
      return [
        { urn, name: name.replace(/-module$/, ""), acts: pods === 0 ? false : pods === null ? null : acts(container) },
      ];
    });
  });
}

function acts(container: unknown): boolean | null {
  const trial = flagOf(startWords(container), "--dry-run", "-dry-run");
  return trial === UNKNOWN ? null : trial === null || trial === "false";
}

function runs(modules: readonly Module[], name: string): boolean | null {
  const own = modules.filter((module) => module.name === name).map((module) => module.acts);
  if (own.length === 0) return false;
  return own.includes(true) ? true : own.includes(null) ? null : false;
}
