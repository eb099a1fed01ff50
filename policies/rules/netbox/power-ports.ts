import { factOf, knownTypes, type NetBoxRule, placeIn } from "../../netbox/context.ts";
import { condition } from "../../rule.ts";

/** A device type has an inlet for each of its supplies. */
export const powerPorts: NetBoxRule = {
  id: "netbox/power-ports",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim: "power ports of a device type = supplies of the device",
  why: "an inlet that the inventory lacks is cabled to no feed, and the redundancy of the device is not what it seems",
  formula: "count(power-ports) = supplies",
  source: "maker's data sheet or user guide of the device, by fact in the catalog",
  inputs: "power-ports; catalog: supplies of the device",
  pass: "as many power ports as supplies",
  fail: "more or fewer",
  unproved: "the catalog does not know how many supplies the device has",
  fix: "list one power port for each supply",
  manualCheck: "count the inlets in the drawing of the device's rear",
  notApplicable: "no device type that the catalog knows",
  subjects: (context) =>
    knownTypes(context).map(({ type, device }) => {
      const count = type.powerPorts.length;
      const supplies = device.supplies.value;
      return {
        id: type.slug,
        at: placeIn(type, "power-ports"),
        state: null,
        claim: "all-of",
        unit: "",
        inputs: [
          condition(
            "a power port for each supply",
            supplies === null ? null : count === supplies,
            factOf(device, "supplies"),
          ),
        ],
        message: () => `${type.slug}: needs ${supplies ?? "an unknown number of"} power ports, has ${count}`,
      };
    }),
};
