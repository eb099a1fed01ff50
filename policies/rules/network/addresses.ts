import type { FabricPlan } from "../../../components/network/fabric-types.ts";
import { inputsMessage } from "../../message.ts";
import { condition, type Rule, type Subject } from "../../rule.ts";

/** Every switch, cable and node of a fabric has its addresses within the pools of the site. */
export const addresses: Rule = {
  id: "network/addresses",
  enforcement: "mandatory",
  severity: "medium",
  mandatoryFrom: "energized",
  claim: "each rail, link, loopback and AS number of a fabric lies within its share of the pools",
  why: "a pool that ends too early is found out when a pod is added, and then everything must move",
  formula: "number of the last leaf, cable and switch × size of its block ≤ pool ÷ (buildings × fabrics)",
  source:
    "RFC 3021 and RFC 6164: /31 and /127 between switches; RFC 6996: private AS numbers; blueprint: network.addresses",
  inputs: "network.addresses; switches and cables as sized",
  pass: "even the last of each has its addresses, in both families",
  fail: "a pool ends before the last",
  unproved: "the blueprint states no pools, or the fabric cannot be sized",
  fix: "state network.addresses with larger pools, or fewer buildings and fabrics to share them",
  manualCheck: "millrace fabric <site> --list addresses: no cell of a family is empty",
  notApplicable: "no fabric of the site has spines",
  subjects: ({ plan }) => {
    const at = plan.network.addressesStated ? "network.addresses" : "network";
    return plan.network.fabrics.filter(({ leafOf }) => leafOf !== "access").map((fabric) => subject(fabric, at));
  },
};

function subject({ id, building, state, at, addresses: fits, counts }: FabricPlan, pools: string): Subject {
  const inputs =
    fits === null
      ? [condition(counts === null ? "switches counted" : "pools of addresses", null, counts === null ? at : pools)]
      : fits.map((each) => condition(`${each.purpose} enough`, each.fits, pools));
  return {
    id: `${building}.${id}`,
    at: pools,
    state,
    claim: "all-of",
    unit: "",
    inputs,
    message: () => `${id} in ${building}: ${inputsMessage("every part has its addresses", inputs)}`,
  };
}
