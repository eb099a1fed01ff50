import type { Device } from "../../../components/catalog/device.ts";
import type { DeviceType } from "../../../components/netbox/records.ts";
import { inputsMessage } from "../../message.ts";
import { knownTypes, type NetBoxRule, placeIn } from "../../netbox/context.ts";
import { condition, type Subject } from "../../rule.ts";

const TOLERANCE = 0.1;

/** Height and weight of a device type are those of the device. */
export const dimensions: NetBoxRule = {
  id: "netbox/dimensions",
  enforcement: "advisory",
  severity: "medium",
  mandatoryFrom: null,
  claim: "height of a device type = that of the device; weight = that of the device ± 10 %",
  why: "racks are filled by height, floors are loaded by weight",
  formula: "u_height = height; 0.9 × weight ≤ weight stated ≤ 1.1 × weight",
  source: "maker's data sheet or user guide of the device, by fact in the catalog",
  inputs: "u_height, weight, weight_unit; catalog: heightUnits, weightKilograms of the device",
  pass: "both are right",
  fail: "one is not",
  unproved: "the file states no weight, or the catalog does not know the device's",
  fix: "write u_height, weight and weight_unit as the data sheet does",
  manualCheck: "look them up in the data sheet",
  notApplicable: "no device type that the catalog knows",
  subjects: (context) => knownTypes(context).map(({ type, device }) => subject(type, device)),
};

function subject(type: DeviceType, device: Device): Subject {
  const { slug, heightUnits, weightGrams } = type;
  const height = device.heightUnits.value;
  const weight = device.weightKilograms.value;
  const rightHeight = height === null ? null : heightUnits === height;
  const rightWeight =
    weight === null || weightGrams === null
      ? null
      : weightGrams >= Math.floor(weight * 1_000 * (1 - TOLERANCE)) &&
        weightGrams <= Math.ceil(weight * 1_000 * (1 + TOLERANCE));
  const weighs = weightGrams === null ? "states no weight" : `${weightGrams / 1_000} kg`;
  const inputs = [
    condition(`${heightUnits} U, is ${height ?? "unknown"} U`, rightHeight, placeIn(type, "u_height")),
    condition(`${weighs}, is ${weight ?? "unknown"} kg`, rightWeight, placeIn(type, "weight")),
  ];
  return {
    id: slug,
    at: placeIn(type, rightHeight === false ? "u_height" : "weight"),
    state: null,
    claim: "all-of",
    unit: "",
    inputs,
    message: () => `${slug}: ${inputsMessage("height and weight are those of the device", inputs)}`,
  };
}
