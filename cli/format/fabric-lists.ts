import type { Medium } from "../../components/catalog/catalog.ts";
import type { Addressing, Given, Protocol } from "../../components/network/addresses/allocate.ts";
import type { BillLine } from "../../components/network/fabric/bill.ts";
import { type Device, deviceName, type End, type Naming, portName } from "../../components/network/fabric/device.ts";
import type { Failure } from "../../components/network/fabric/failures.ts";
import { cableLength, type HallPlan, placeOfDevice } from "../../components/network/fabric/hall.ts";
import { mediumFor } from "../../components/network/fabric/media.ts";
import type { FabricSize } from "../../components/network/fabric/size.ts";
import { type Cable, cables, switchesOf } from "../../components/network/fabric/wiring.ts";
import { printPrefix } from "../../components/site/prefix.ts";

/** A fabric with all that its lists say of it. */
export interface Listed {
  readonly size: FabricSize;
  readonly protocol: Protocol;
  /** Null where no pools are stated. */
  readonly given: Addressing | null;
  readonly naming: Naming;
  /** Null where there is no hall, and so no length. */
  readonly hall: HallPlan | null;
  readonly media: readonly Medium[];
}

type Rows = Iterable<readonly string[]>;

/** Lists of a fabric as CSV, each a stream of rows with its head first: what nobody asked for is never made. */
export const LISTS: Readonly<Record<string, (listed: Listed) => Rows>> = {
  cables: cableRows,
  netbox: netboxRows,
  lldp: lldpRows,
  addresses: addressRows,
};

function* cableRows(listed: Listed): Generator<readonly string[]> {
  yield ["label", "layer", "lower", "lower_port", "upper", "upper_port", "gbps", "length_m", "medium", "part"];
  for (const cable of cables(listed.size)) {
    const [lower, upper] = [ended(cable.lower, listed), ended(cable.upper, listed)];
    const { gbps, length, medium, part } = made(cable, listed);
    yield [lower.join(":"), cable.layer, ...lower, ...upper, String(gbps), length, medium, part];
  }
}

/** Import form of NetBox for cables; devices and interfaces must be there by these names. */
function* netboxRows(listed: Listed): Generator<readonly string[]> {
  const sides = ["a", "b"].flatMap((side) => ["device", "type", "name"].map((what) => `side_${side}_${what}`));
  yield [...sides, "type", "status", "label", "length", "length_unit"];
  for (const cable of cables(listed.size)) {
    const [[lower, lowerPort], [upper, upperPort]] = [ended(cable.lower, listed), ended(cable.upper, listed)];
    const { length, medium } = made(cable, listed);
    const type = medium === "out-of-reach" ? "" : medium;
    const unit = length === "" ? "" : "m";
    yield [
      lower,
      INTERFACE,
      lowerPort,
      upper,
      INTERFACE,
      upperPort,
      type,
      "planned",
      `${lower}:${lowerPort}`,
      length,
      unit,
    ];
  }
}

const INTERFACE = "dcim.interface";

/** What LLDP should see, from every port of a switch. */
function* lldpRows(listed: Listed): Generator<readonly string[]> {
  yield LLDP_HEAD;
  for (const { lower, upper, layer } of cables(listed.size)) {
    const [below, above] = [ended(lower, listed), ended(upper, listed)];
    yield [...above, ...below];
    if (layer !== "node-leaf") yield [...below, ...above];
  }
}

/** Loopback and AS number of each switch, both ends of each cable between switches, subnet and address of each port of a node. */
function* addressRows({ size, naming, protocol, given }: Listed): Generator<readonly string[]> {
  yield ["device", "port", "what", "ipv4", "ipv6", "asn"];
  if (given === null) return;
  const row = (end: End | null, device: Device, what: string, { ipv4, ipv6 }: Given, asn = "") => [
    deviceName(device, naming),
    end === null ? "" : portName(end, size, naming),
    what,
    ipv4 === null ? "" : printPrefix(ipv4),
    ipv6 === null ? "" : printPrefix(ipv6),
    asn,
  ];
  for (const device of switchesOf(size)) {
    if (protocol === "ethernet")
      yield row(null, device, "loopback", given.loopback(device), String(given.asn(device) ?? ""));
    if (device.kind === "leaf") yield row(null, device, "rail", given.rail(device));
  }
  for (const { layer, lower, upper } of cables(size)) {
    if (layer === "node-leaf") {
      if (upper.device.kind === "leaf") yield row(lower, lower.device, "host", given.host(upper.device, upper.port));
    } else if (protocol === "ethernet") {
      const link = given.link(lower);
      yield row(lower, lower.device, "link", endOfLink(link, 0n));
      yield row(upper, upper.device, "link", endOfLink(link, 1n));
    }
  }
}

/** One of the two addresses of a link: the block itself is one bit larger. */
const endOfLink = ({ ipv4, ipv6 }: Given, end: bigint): Given => ({
  ipv4: ipv4 && { ...ipv4, base: ipv4.base + end },
  ipv6: ipv6 && { ...ipv6, base: ipv6.base + end },
});

export const LLDP_HEAD = ["device", "port", "neighbor", "neighbor_port"] as const;

const ended = (end: End, { size, naming }: Listed): readonly [string, string] => [
  deviceName(end.device, naming),
  portName(end, size, naming),
];

function made({ layer, lower, upper }: Cable, { size, hall, media }: Listed) {
  const gbps = layer === "node-leaf" ? size.demand.linkGbps : size.demand.uplinkGbps;
  if (hall === null) return { gbps, length: "", medium: "", part: "" };
  const length = cableLength(placeOfDevice(lower.device, size, hall), placeOfDevice(upper.device, size, hall), hall);
  return { gbps, length: String(length), ...named(mediumFor(media, layer, gbps, length)) };
}

const named = (medium: BillLine["medium"]) =>
  medium === null || medium === "out-of-reach"
    ? { medium: medium ?? "", part: "" }
    : { medium: medium.medium, part: medium.part };

/** The bill of the cables; rows of equal cables, with neither kind nor part where they are not known. */
export function* billRows(bill: readonly BillLine[]): Generator<readonly string[]> {
  yield ["layer", "gbps", "length_m", "medium", "part", "count"];
  for (const { layer, gbps, lengthM, medium, count } of bill) {
    const { medium: kind, part } = named(medium);
    yield [layer, String(gbps), lengthM === null ? "" : String(lengthM), kind, part, String(count)];
  }
}

/** Each single element: the nodes that feel its loss, and what share of its bandwidth each keeps. */
export function* failureRows(failures: readonly Failure[]): Generator<readonly string[]> {
  yield ["lost", "nodes", "left"];
  for (const { element, nodes, left } of failures) yield [element, String(nodes), left.toFixed(6)];
}

const CHUNK = 1 << 16;

/** Writes rows as they come, in pieces of 64 KiB: a list of millions needs no more memory than one of ten. */
export function writeCsv(rows: Rows, out: (text: string) => void): void {
  let piece = "";
  for (const row of rows) {
    piece += piece === "" ? line(row) : `\n${line(row)}`;
    if (piece.length >= CHUNK) {
      out(piece);
      piece = "";
    }
  }
  if (piece !== "") out(piece);
}

const line = (row: readonly string[]): string => row.map(cell).join(",");
const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
