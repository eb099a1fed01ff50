import { loadDevices } from "../../components/catalog/load.ts";
import { readNetBox } from "../../components/netbox/read.ts";
import type { NetBoxFile } from "../../components/netbox/records.ts";
import { type Faulty, openSite } from "../../components/open.ts";
import { readFile } from "../../components/site/load.ts";
import { showFaults } from "../../components/site/show-fault.ts";
import { exitCode } from "../../policies/check.ts";
import { checkNetBox } from "../../policies/netbox/check.ts";
import type { RackLoad } from "../../policies/netbox/context.ts";
import { chosenFormat } from "../chosen-format.ts";
import { rootFolder, shownPath, stacksOf } from "../folder.ts";
import { netboxFaultsJson, netboxJson } from "../format/netbox-json.ts";
import { netboxText } from "../format/netbox-text.ts";
import { EXIT, type Io } from "../io.ts";
import { Problem } from "../problem.ts";
import { chosenSite } from "../sites.ts";

export interface NetBoxOptions {
  readonly cwd?: string;
  readonly format?: string;
  readonly site?: string;
}

const FORMATS = ["text", "json"] as const;

/** `millrace netbox <files…>`: device types, power panels and feeds, held against the catalog and the racks of a site. */
export function netbox(names: readonly string[], options: NetBoxOptions, io: Io): number {
  const format = chosenFormat(options.format, FORMATS);
  const read = named(names).map((name) => readFile(name, (text) => readNetBox(text, name)));
  const site = options.site === undefined ? null : rackOf(options.site, options.cwd);
  const faulty = [...read, ...(site === null ? [] : [site])].filter(isFaulty);
  if (faulty.length > 0) {
    if (format === "json") io.out(netboxFaultsJson(faulty));
    else io.err(faulty.map(({ faults, source }) => showFaults(faults, source)).join("\n\n"));
    return EXIT.badInput;
  }
  const files = read.filter(isRead);
  const rack = site === null || isFaulty(site) ? null : site.rack;
  const judged = { files, placed: checkNetBox(files, { devices: loadDevices(), rack }) };
  io.out(format === "json" ? netboxJson(judged) : netboxText(judged, io.colours));
  return exitCode(judged.placed.map(({ finding }) => finding));
}

const isFaulty = (read: { readonly ok: boolean }): read is Faulty => !read.ok;
const isRead = (read: { readonly ok: boolean }): read is { readonly ok: true } & NetBoxFile => read.ok;

/** Each file once, in the order given. */
function named(names: readonly string[]): readonly string[] {
  if (names.length > 0) return [...new Set(names)];
  throw new Problem({
    what: "files",
    got: "none",
    allowed: "YAML of device types, power panels or power feeds",
    fix: "name them, as in millrace netbox device-types/Nvidia/QM9700.yaml",
  });
}

function rackOf(name: string, cwd: string | undefined): Faulty | { readonly ok: true; readonly rack: RackLoad } {
  const root = rootFolder(cwd);
  const opened = openSite(shownPath(stacksOf(root)), chosenSite(root, name), null);
  if (!opened.ok) return opened;
  const racks = opened.plan.phases.flatMap(({ buildings }) => buildings);
  const [system, ...others] = new Set(racks.map((building) => building.system));
  const known = others.length === 0 ? racks[0]?.rackWatts : null;
  return { ok: true, rack: { watts: known ?? null, from: `catalog:systems/${system ?? "none"}/tdp` } };
}
