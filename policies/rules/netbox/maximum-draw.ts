import type { Device } from "../../../components/catalog/device.ts";
import type { DeviceType } from "../../../components/netbox/records.ts";
import { showWatts, type Watts } from "../../../components/quantity.ts";
import { inWatts } from "../../message.ts";
import { factOf, knownTypes, type NetBoxRule, placeIn } from "../../netbox/context.ts";
import { limitFactor, limitTerm, needFactor, needTerm, type Subject } from "../../rule.ts";
import type { Judged } from "../../verdict.ts";

const TOLERANCE = 0.1;

/** What the power ports of a device type draw together, less the redundant supplies, is what the device draws. */
export const maximumDraw: NetBoxRule = {
  id: "netbox/maximum-draw",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: null,
  claim: "sum of maximum_draw × supplies needed ÷ supplies = most that the device draws, ± 10 %",
  why: "power is allocated by what the inventory says: too much strands feeds, too little trips them",
  formula:
    "Σ maximum_draw × needed ÷ supplies ≤ 1.1 × system maximum; 0.9 × system maximum ≤ Σ maximum_draw × needed ÷ supplies",
  source:
    "maker's data sheet or user guide of the device, by fact in the catalog; NetBox: maximum_draw of a power port",
  inputs: "power-ports[].maximum_draw; catalog: systemMaximum, supplies, suppliesNeeded of the device",
  pass: "the sum, divided by the redundancy, is within 10 % of what the device draws at most",
  fail: "it is more, as a sum of nameplates is, or less",
  unproved:
    "a power port states no maximum_draw, or the catalog does not know what the device draws or how it is redundant",
  fix: "write maximum_draw on each power port, and enter the device's maximum in the catalog, with its source",
  manualCheck: "divide the maximum of the data sheet by the supplies that must be up: that is the most one port draws",
  notApplicable: "no device type that the catalog knows",
  subjects: (context) =>
    knownTypes(context).flatMap(({ type, device }) => [notMore(type, device), notLess(type, device)]),
};

function notMore(type: DeviceType, device: Device): Subject {
  return {
    ...common(type, device),
    id: `${type.slug}.most`,
    inputs: [
      ...draws(type).map((each) => needTerm("W", each)),
      needFactor(redundancy(device)),
      limitTerm("W", systemMaximum(device)),
      limitFactor({ name: "tolerance", value: 1 + TOLERANCE, from: "" }),
    ],
    message: ({ limit }) => `${type.slug}: ${stated(type, device)}; ${allowed(device, limit, "at most")}`,
  };
}

function notLess(type: DeviceType, device: Device): Subject {
  return {
    ...common(type, device),
    id: `${type.slug}.least`,
    inputs: [
      needTerm("W", systemMaximum(device)),
      needFactor({ name: "tolerance", value: 1 - TOLERANCE, from: "" }),
      ...draws(type).map((each) => limitTerm("W", each)),
      limitFactor(redundancy(device)),
    ],
    message: ({ computed }) =>
      `${type.slug}: ${stated(type, device)}; ${allowed(device, computed?.known ?? null, "at least")}`,
  };
}

const common = (type: DeviceType, device: Device) =>
  ({
    at: placeIn(type, "power-ports"),
    state: null,
    claim: "at-most",
    unit: "W",
    fix: () => howToWrite(device) ?? maximumDraw.fix,
  }) as const;

/** One port alone can carry the whole device, where only one supply must be up. */
export function howToWrite({ systemMaximum, supplies, suppliesNeeded }: Device): string | null {
  if (systemMaximum.value === null || supplies.value === null || suppliesNeeded.value === null) return null;
  const each = Math.ceil(systemMaximum.value / suppliesNeeded.value);
  return `write maximum_draw: ${each} on each of ${supplies.value} power ports: ${showWatts(systemMaximum.value)} ÷ ${suppliesNeeded.value}`;
}

function draws({ powerPorts, at }: DeviceType): readonly Draw[] {
  if (powerPorts.length === 0) {
    return [{ name: "power ports", value: null, from: placeIn({ at }, "power-ports") }];
  }
  return powerPorts.map((port) => ({
    name: `maximum_draw of ${port.name}`,
    value: port.maximumDraw,
    from: placeIn(port, "maximum_draw"),
  }));
}
interface Draw {
  readonly name: string;
  readonly value: Watts | null;
  readonly from: string;
}

const systemMaximum = (device: Device): Draw => ({
  name: `maximum of ${device.name}`,
  value: device.systemMaximum.value,
  from: factOf(device, "systemMaximum"),
});

function redundancy(device: Device): { readonly name: string; readonly value: number | null; readonly from: string } {
  const { supplies, suppliesNeeded } = device;
  const known = supplies.value !== null && suppliesNeeded.value !== null;
  return {
    name: known ? `${suppliesNeeded.value} of ${supplies.value} supplies needed` : "supplies needed of those installed",
    value: known ? Number(suppliesNeeded.value) / Number(supplies.value) : null,
    from: factOf(device, "suppliesNeeded"),
  };
}

function stated({ powerPorts }: DeviceType, device: Device): string {
  const known = powerPorts.flatMap(({ maximumDraw }) => (maximumDraw === null ? [] : [maximumDraw]));
  if (known.length === 0) return "no power port states its maximum_draw";
  const sum = known.reduce((total, each) => total + each, 0) as Watts;
  const ratio = redundancy(device).value;
  const needed = ratio === null ? "" : `, ${inWatts(Math.round(sum * ratio))} without the redundant ones`;
  return `${known.length} power ports of ${showWatts(sum)} together${needed}`;
}

const allowed = ({ systemMaximum: { value } }: Device, limit: Judged["limit"], bound: string): string =>
  value === null
    ? "what the device draws at most is unknown"
    : `the device draws ${showWatts(value)} at most${limit === null ? "" : `: ${bound} ${inWatts(limit)} is right`}`;
