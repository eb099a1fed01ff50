import type { FabricPlan } from "../../../components/network/fabric-types.ts";
import type { Input } from "../../finding.ts";
import { inputsMessage } from "../../message.ts";
import { condition, type Rule, type Subject } from "../../rule.ts";

/** Every cable is short enough for something that the catalog knows. */
export const reach: Rule = {
  id: "network/reach",
  enforcement: "mandatory",
  severity: "medium",
  mandatoryFrom: "energized",
  claim: "each cable is no longer than the reach of a medium of its speed",
  why: "a cable that does not reach, or an optic that does not carry, is found out on the day of the cabling",
  formula: "length by rows, racks and drops, with slack ≤ reach of the medium",
  source: "catalog: media, reach as NVIDIA publishes it for each part",
  inputs:
    "network.ways, buildings[].hall: rowPitch, rowEquipment, podsPerRow, places of the switches, media of the catalog",
  pass: "every length has a medium that spans it",
  fail: "a length is beyond every medium of its speed",
  unproved: "the ways are not stated, or the catalog knows no medium of the speed",
  fix: "state network.ways and the rows of buildings[].hall with their sources, or choose a speed whose media the catalog knows",
  manualCheck: "millrace fabric <site> --list bill: length and part of each row",
  notApplicable: "no fabric of the site has spines: the cables of access fabrics are not laid out",
  subjects: ({ plan }) => plan.network.fabrics.filter(({ leafOf }) => leafOf !== "access").map(subject),
};

function subject({ id, building, state, at, cables, waysMissing: [ways = at] }: FabricPlan): Subject {
  const layers = [...Map.groupBy(cables, ({ layer }) => layer)];
  const inputs =
    layers.length === 0
      ? [condition("switches counted", null, at)]
      : layers.map(([layer, own]) => layerCondition(layer, own, at, ways));
  return {
    id: `${building}.${id}`,
    at,
    state,
    claim: "all-of",
    unit: "",
    inputs,
    message: () =>
      `${id} in ${building}: ${inputsMessage("every cable has a medium that spans it", inputs, (name) => `no ${name.replace(/^a /, "")}`)}`,
  };
}

/** The cables of a layer as one: one that nothing spans breaks it, one that may have no medium leaves it open. */
function layerCondition(layer: string, own: FabricPlan["cables"], at: string, ways: string): Input {
  const count = own.reduce((sum, each) => sum + each.count, 0);
  const lengths = own.flatMap(({ lengthM }) => lengthM ?? []);
  const cables = `${count} cables ${layer}`;
  if (lengths.length < own.length) return condition(`lengths of the ${cables}`, null, ways);
  const media = own.map(({ medium }) => medium);
  const holds = media.includes("out-of-reach") ? false : media.includes(null) ? null : true;
  return condition(`a medium for ${cables} of up to ${Math.max(...lengths)} m at ${own[0]?.gbps} Gb/s`, holds, at);
}
