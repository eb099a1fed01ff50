import type { Catalog } from "../../components/catalog/catalog.ts";
import { loadCatalog } from "../../components/catalog/load.ts";
import { billOf } from "../../components/network/fabric/bill.ts";
import { countsOf } from "../../components/network/fabric/counts.ts";
import { sizeEnterprise } from "../../components/network/fabric/enterprise.ts";
import { failuresOf } from "../../components/network/fabric/failures.ts";
import { checkLldp } from "../../components/network/fabric/lldp.ts";
import type { Opened } from "../../components/open.ts";
import { chosenFormat } from "../chosen-format.ts";
import { fabricDot } from "../draw/fabric-dot.ts";
import { bySite } from "../fabric/by-site.ts";
import { bySystem } from "../fabric/by-system.ts";
import { sightingsIn } from "../fabric/lldp-file.ts";
import { chosenWay, type FabricOptions, named, whole } from "../fabric/options.ts";
import { rootFolder } from "../folder.ts";
import { FABRIC_VERSION, fabricJson, siteFabricJson } from "../format/fabric-json.ts";
import { billRows, failureRows, LISTS, type Listed, writeCsv } from "../format/fabric-lists.ts";
import { enterpriseText, fabricText } from "../format/fabric-text.ts";
import { lldpText } from "../format/lldp-text.ts";
import { fabricsTable } from "../format/plan-sections.ts";
import { tableText } from "../format/table.ts";
import { EXIT, type Io } from "../io.ts";
import { openOrTell } from "../opened.ts";
import { chosenSite } from "../sites.ts";

const FORMATS = ["text", "json"] as const;
type Format = (typeof FORMATS)[number];
const MOST_UNITS = 1_000_000;

/** `millrace fabric`: switches and cables of a site's fabrics, of a system on a switch, or of a reference architecture. */
export async function fabric(site: string | undefined, options: FabricOptions, io: Io): Promise<number> {
  const format = chosenFormat(options.format, FORMATS);
  const way = chosenWay(site, options);
  if (way === "site") return ofSite(site, options, format, io);
  const catalog = loadCatalog();
  if (way === "architecture") {
    io.out(ofArchitecture(options, format, catalog));
    return EXIT.proved;
  }
  const sized = bySystem(options, catalog);
  if (options.list !== undefined || options.lldp !== undefined) return ofOne(sized, options, io);
  const counts = countsOf(sized.size, sized.system, sized.from);
  io.out(format === "json" ? fabricJson(counts) : fabricText(counts, sized.size, sized.system, sized.from));
  return EXIT.proved;
}

async function ofSite(name: string | undefined, options: FabricOptions, format: Format, io: Io): Promise<number> {
  const root = rootFolder(options.cwd);
  const opened = openOrTell(root, chosenSite(root, name), io, format === "json" ? FABRIC_VERSION : null);
  if (opened === null) return EXIT.badInput;
  if (options.list !== undefined || options.lldp !== undefined) return ofOne(bySite(opened, options), options, io);
  io.out(format === "json" ? siteFabricJson(opened.plan) : fabricsText(opened));
  return EXIT.proved;
}

function fabricsText({ plan }: Opened): string {
  const fabrics = fabricsTable(plan);
  return fabrics === null ? "the site states no fabric" : tableText(fabrics);
}

function ofArchitecture(options: FabricOptions, format: Format, { referenceDesigns }: Catalog): string {
  const architecture = named("architecture", options.architecture, referenceDesigns);
  const size = sizeEnterprise(architecture, whole("units", options.units, MOST_UNITS));
  return format === "json"
    ? fabricJson({ architecture: architecture.id, ...size })
    : enterpriseText(size, architecture);
}

/** A list of one fabric as CSV, its picture as SVG, or what LLDP saw of it: 1 where a cable is wrong, 2 where some were not seen. */
async function ofOne(listed: Listed, options: FabricOptions, io: Io): Promise<number> {
  if (options.lldp !== undefined) {
    const report = checkLldp(listed.size, listed.naming, sightingsIn(options.lldp));
    io.out(lldpText(report));
    return report.miswired.length > 0 ? EXIT.violated : report.unseen > 0 ? EXIT.unproved : EXIT.proved;
  }
  const { size, hall, media } = listed;
  const csv = (rows: () => Iterable<readonly string[]>) => async () => writeCsv(rows(), io.out);
  const all = new Map<string, () => Promise<void>>([
    ...Object.entries(LISTS).map(([name, rows]) => [name, csv(() => rows(listed))] as const),
    ["bill", csv(() => billRows(billOf(size, hall, media)))],
    ["failures", csv(() => failureRows(failuresOf(size)))],
    ["picture", async () => io.out(await (await import("../draw/graphviz.ts")).drawDot(fabricDot(size)))],
  ]);
  await named("list", options.list, all)();
  return EXIT.proved;
}
