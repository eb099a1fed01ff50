import type { Device } from "../../../components/catalog/device.ts";
import type { DeviceType } from "../../../components/netbox/records.ts";
import { factOf, knownTypes, type NetBoxRule, placeIn } from "../../netbox/context.ts";
import { missingNames } from "../../netbox/missing-names.ts";
import { limitTerm, needTerm, type Subject } from "../../rule.ts";

const MAX_NAMES = 8;

/** A device type has the data ports of the device, no fewer and no more. */
export const ports: NetBoxRule = {
  id: "netbox/ports",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim: "data ports of a device type are those of the device",
  why: "cables are planned by ports: one that is missing cannot be cabled, one that is not there takes a cable on paper",
  formula: "portsLeast ≤ count(interfaces) ≤ portsMost, without management, virtual and aggregated ones",
  source: "maker's user guide of the device, by fact in the catalog",
  inputs: "interfaces; catalog: portsLeast, portsMost of the device",
  pass: "as many as the device has",
  fail: "fewer or more",
  unproved: "never: a device whose ports depend on the order is not judged",
  fix: "list the data ports of the device, once each",
  manualCheck: "count the ports in the drawing of the device, twin-port cages twice",
  notApplicable: "no device type whose ports the catalog knows",
  subjects: (context) =>
    knownTypes(context).flatMap(({ type, device }) => [
      ...(device.portsLeast.value === null ? [] : [notFewer(type, device)]),
      ...(device.portsMost.value === null ? [] : [notMore(type, device)]),
    ]),
};

function notFewer(type: DeviceType, device: Device): Subject {
  const missing = missingNames(type.ports.map(({ name }) => name));
  const listed = missing.slice(0, MAX_NAMES).join(", ");
  const names = missing.length === 0 ? "" : `; no ${listed}${missing.length > MAX_NAMES ? ", …" : ""}`;
  return {
    ...common(type),
    id: `${type.slug}.least`,
    inputs: [needTerm("", least(device)), limitTerm("", own(type))],
    message: () => `${type.slug}: needs ${device.portsLeast.value} data ports, has ${type.ports.length}${names}`,
    fix: () => (missing.length === 0 ? ports.fix : `add ${listed}`),
  };
}

const notMore = (type: DeviceType, device: Device): Subject => ({
  ...common(type),
  id: `${type.slug}.most`,
  inputs: [needTerm("", own(type)), limitTerm("", most(device))],
  message: () => `${type.slug}: at most ${device.portsMost.value} data ports are right, has ${type.ports.length}`,
});

const common = (type: DeviceType) =>
  ({ at: placeIn(type, "interfaces"), state: null, claim: "at-most", unit: "" }) as const;

const own = (type: DeviceType) => ({
  name: "data ports",
  value: type.ports.length,
  from: placeIn(type, "interfaces"),
});
const least = (device: Device) => ({
  name: "ports at least",
  value: device.portsLeast.value,
  from: factOf(device, "portsLeast"),
});
const most = (device: Device) => ({
  name: "ports at most",
  value: device.portsMost.value,
  from: factOf(device, "portsMost"),
});
