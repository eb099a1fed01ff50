import type { FabricPlan } from "../../../components/network/fabric-types.ts";
import type { Plan } from "../../../components/plan-types.ts";
import { furthestState } from "../../../components/site/phase-state.ts";
import { condition, type Rule, type Subject } from "../../rule.ts";

/** Every fabric of a building has as many switches as its ports need, of a kind that can carry them. */
export const sized: Rule = {
  id: "network/sized",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: "energized",
  claim: "each fabric of a building is stated and can be built from its switch",
  why: "a fabric that no number of its switches can carry is found out when the racks stand",
  formula: "ports of the nodes known ∧ the switch has ports of that speed ∧ endpoints within three even tiers",
  source:
    "DGX SuperPOD reference architectures RA-11333-001 and B300: rails, whole scalable units, uplinks that stripe evenly; fat tree of R³/4 endpoints",
  inputs: "network.fabrics; ports, nodes of a rack and the switch of the catalog",
  pass: "the fabric is sized",
  fail: "the switch has no ports of that speed, or too few for three tiers",
  unproved: "ports, their speed or a height is unknown, or the blueprint states no fabric",
  fix: "state the fabric with its ports and their speed, or choose a switch that the catalog knows with ports of that speed",
  manualCheck: "millrace fabric <site>: hold switches and cables against the reference architecture",
  notApplicable: "the site has no phase in which racks stand; what joins rented instances is the landlord's",
  subjects: ({ plan }) => (plan.network.fabrics.length === 0 ? unstated(plan) : plan.network.fabrics.map(subject)),
};

function subject({ id, building, state, at, missing, impossible, counts }: FabricPlan): Subject {
  const inputs = [
    ...(impossible === null ? [] : [condition(impossible, false, `${at}.switch`)]),
    ...missing.map((from) => condition(`${from} known`, null, from)),
    ...(counts === null ? [] : [condition("switches counted", true, at)]),
  ];
  return {
    id: `${building}.${id}`,
    at,
    state,
    claim: "all-of",
    unit: "",
    inputs: inputs.length === 0 ? [condition("switches counted", null, at)] : inputs,
    message: () => `${id} in ${building}: ${said({ impossible, missing, counts })}`,
  };
}

function said({ impossible, missing, counts }: Pick<FabricPlan, "impossible" | "missing" | "counts">): string {
  if (impossible !== null) return impossible;
  if (counts === null) return `cannot be sized; not known: ${missing.join(", ")}`;
  const { leaf, spine, core } = counts;
  return `${leaf} leaf, ${spine} spine and ${core} core switches`;
}

function unstated({ phases }: Plan): readonly Subject[] {
  const built = phases.filter(({ buildings }) => buildings.length > 0);
  if (built.length === 0) return [];
  return [
    {
      id: "network.fabrics",
      at: "network",
      state: furthestState(built),
      claim: "all-of",
      unit: "",
      inputs: [condition("fabrics stated", null, "network")],
      message: () => "the blueprint states no fabric: neither switches nor cables can be counted",
    },
  ];
}
