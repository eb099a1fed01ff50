import type { Device } from "../../../components/catalog/device.ts";
import type { DeviceType, PowerPort } from "../../../components/netbox/records.ts";
import { showWatts, type Watts } from "../../../components/quantity.ts";
import { inputsMessage } from "../../message.ts";
import { knownTypes, type NetBoxRule, placeIn } from "../../netbox/context.ts";
import { condition, type Subject } from "../../rule.ts";
import { howToWrite } from "./maximum-draw.ts";

/** The maximum draw of a port is what the device draws through it, not what its supply could give. */
export const nameplate: NetBoxRule = {
  id: "netbox/nameplate",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: null,
  claim: "maximum_draw of a power port < nameplate of its supply",
  why: "supplies are sized for redundancy: a sum of their nameplates is up to twice the load, and strands half of each feed",
  formula: "for each power port that states it: maximum_draw < nameplate of a supply",
  source: "maker's data sheet of the supplies, by fact in the catalog",
  inputs: "power-ports[].maximum_draw; catalog: supplyNameplate of the device",
  pass: "each port draws less than the nameplate of its supply",
  fail: "a port draws as much as its nameplate says, or more",
  unproved: "the catalog does not know the nameplate of the supplies",
  fix: "write the most that the device draws, by its maker or as measured, over the supplies that must be up",
  manualCheck: "read the nameplate of a supply, and hold maximum_draw against it",
  notApplicable: "no device type that the catalog knows states a maximum_draw",
  subjects: (context) =>
    knownTypes(context).flatMap(({ type, device }) => {
      const ports = type.powerPorts.filter(({ maximumDraw }) => maximumDraw !== null);
      return ports.length === 0 ? [] : [subject(type, device, ports)];
    }),
};

function subject({ slug }: DeviceType, device: Device, ports: readonly PowerPort[]): Subject {
  const plate = device.supplyNameplate.value;
  const isLess = ({ maximumDraw }: PowerPort): boolean | null => (plate === null ? null : Number(maximumDraw) < plate);
  const copied = ports.filter((port) => isLess(port) === false);
  const first = copied[0] ?? ports[0];
  const inputs = ports.map((port) =>
    condition(
      `${port.name}, ${showWatts(port.maximumDraw)}, draws less than its nameplate`,
      isLess(port),
      placeIn(port, "maximum_draw"),
    ),
  );
  const sum = copied.reduce((total, { maximumDraw }) => total + Number(maximumDraw), 0) as Watts;
  return {
    id: slug,
    at: first === undefined ? "" : placeIn(first, "maximum_draw"),
    state: null,
    claim: "all-of",
    unit: "",
    inputs,
    message: () =>
      copied.length > 0
        ? `${slug}: ${copied.length} of ${ports.length} power ports draw what a supply is rated for, ${showWatts(plate)}: ${showWatts(sum)} of nameplates are no load`
        : `${slug}: ${inputsMessage("each port draws less than the nameplate of its supply", inputs)}`,
    fix: () => howToWrite(device) ?? nameplate.fix,
  };
}
