import { COUNTERS_FILE, POWER_COUNTERS } from "../../../components/compute/gpu-stack.ts";
import { furthestState, type PhaseState } from "../../../components/site/phase-state.ts";
import { inputsMessage } from "../../message.ts";
import { flattened, type RegisteredObject, read, readText, UNKNOWN } from "../../registered.ts";
import { condition, type Rule, type Subject } from "../../rule.ts";

/** The exporter counts watts, and the time for which power or heat held a GPU back. */
export const powerCounters: Rule = {
  id: "compute/power-counters",
  enforcement: "mandatory",
  severity: "medium",
  mandatoryFrom: "accepted",
  claim: "the DCGM exporter of every GPU node counts power, and the time throttled by power and by heat",
  why: "a budget that nobody measures is not kept; the violation counters are off in the exporter's own list",
  formula: `the exporter is on ∧ its list holds ${POWER_COUNTERS.join(", ")}`,
  source: "GPU Operator: dcgmExporter.config; DCGM field identifiers; dcgm-exporter's default counters",
  inputs: "registered ClusterPolicy (or GPUCluster) of nvidia.com, the ConfigMap that its exporter names",
  pass: "the exporter is on and the list holds all three",
  fail: "the exporter is off, names no list of its own, or the list lacks one",
  unproved: "no policy or no list is registered, or a part of it is not known",
  fix: "let the program write the policy and the list, or add the counters to yours",
  manualCheck: "curl the exporter's /metrics on a node: grep DCGM_FI_DEV_POWER_VIOLATION",
  notApplicable: "every pool is retired",
  subjects: ({ plan, registered }) => {
    const pools = plan.pools.filter(({ state }) => state !== "retired");
    if (pools.length === 0) return [];
    const objects = flattened(registered);
    const policies = objects.filter(({ object }) => isPolicy(object));
    const state = furthestState(pools);
    return policies.length === 0
      ? [subject("policy", "pools", state, null, objects)]
      : policies.map((policy) => subject(shown(policy), policy.urn, state, policy, objects));
  },
};

/** Objects of the operator, in either of its modes; a kind that is not known may be one, and other rules hold it back. */
function isPolicy(object: unknown): boolean {
  const kind = readText(object, "kind");
  const version = readText(object, "apiVersion");
  return (
    (kind === "ClusterPolicy" || kind === "GPUCluster") &&
    (version === UNKNOWN || (version ?? "").startsWith("nvidia.com/"))
  );
}

function shown({ urn, object }: RegisteredObject): string {
  const name = readText(object, "metadata", "name");
  return typeof name === "string" ? name : urn.replace(/^.*:/, "");
}

function subject(
  name: string,
  from: string,
  state: PhaseState,
  policy: RegisteredObject | null,
  objects: readonly RegisteredObject[],
): Subject {
  const list = policy === null ? null : listOf(policy, objects);
  const enabled = policy === null ? null : read(policy.object, "spec", "dcgmExporter", "enabled");
  const inputs = [
    // The operator's default is on.
    condition("the exporter is on", enabled === null || !enabled.known ? null : enabled.value !== false, from),
    ...POWER_COUNTERS.map((counter) =>
      condition(
        `it counts ${counter}`,
        list === null ? null : list.some((line) => line.startsWith(`${counter},`)),
        from,
      ),
    ),
  ];
  return {
    id: `gpus.${name}`,
    at: "pools",
    state,
    claim: "all-of",
    unit: "",
    inputs,
    message: () => `DCGM exporter of ${name}: ${inputsMessage("counts power and what it costs in time", inputs)}`,
  };
}

/** Lines of the list that the exporter names: none where it names none, null where it is not registered or not known. */
function listOf({ object }: RegisteredObject, objects: readonly RegisteredObject[]): readonly string[] | null {
  const name = readText(object, "spec", "dcgmExporter", "config", "name");
  if (name === UNKNOWN) return null;
  if (name === null) return [];
  const maps = objects.filter(
    (each) => readText(each.object, "kind") === "ConfigMap" && readText(each.object, "metadata", "name") === name,
  );
  const [map] = maps;
  const text = map === undefined || maps.length > 1 ? UNKNOWN : readText(map.object, "data", COUNTERS_FILE);
  return text === UNKNOWN ? null : (text ?? "").split("\n").map((line) => line.trim());
}
