import { loadDevices } from "../../components/catalog/load.ts";
import { readNetBox } from "../../components/netbox/read.ts";
import type { NetBoxFile } from "../../components/netbox/records.ts";
import type { Finding } from "../../policies/finding.ts";
import { checkNetBox } from "../../policies/netbox/check.ts";
import type { NetBoxContext, RackLoad } from "../../policies/netbox/context.ts";

export const DEVICES = loadDevices();

export interface GivenNetBox {
  readonly texts: readonly string[];
  readonly rack?: RackLoad;
  readonly devices?: NetBoxContext["devices"];
}

/** A text that must read. */
export function netboxFile(text: string): NetBoxFile {
  const read = readNetBox(text, "file.yaml");
  if (!read.ok) throw new Error(read.faults.map(({ problem, path }) => `${path}: ${problem}`).join("; "));
  return read;
}

/** Findings of one rule. */
export const netboxFindings = (rule: string, { texts, rack, devices }: GivenNetBox): readonly Finding[] =>
  checkNetBox(texts.map(netboxFile), { devices: devices ?? DEVICES, rack: rack ?? null })
    .map(({ finding }) => finding)
    .filter((finding) => finding.rule === rule);
