// A fabric of a million GPUs: sized, its cables counted by length, every single failure judged, beside listing nothing.
import { loadCatalog } from "../../components/catalog/load.ts";
import { billOf } from "../../components/network/fabric/bill.ts";
import { computeDemand, isDemandFault } from "../../components/network/fabric/demand.ts";
import { failuresOf } from "../../components/network/fabric/failures.ts";
import { type FabricSize, isTooLarge, sizeFabric } from "../../components/network/fabric/size.ts";
import { cables, farEnd } from "../../components/network/fabric/wiring.ts";

const NODES = 250_000;
const HALL = {
  halls: 25,
  podsPerHall: 28,
  podsPerRow: 1,
  racksPerPod: 20,
  nodesPerRack: 18,
  rackPitch: 0.6,
  rowPitch: 3,
  rowEquipment: 0,
  hallPitch: 90,
  drop: 3,
  slack: 0.1,
};

const { systems, switches, media } = loadCatalog();
const start = performance.now();
const size = sized();
const sizedAt = performance.now();
const bill = billOf(size, HALL, media);
const billedAt = performance.now();
const failures = failuresOf(size);
const checked = performance.now();
const total = size.nodeLeafCables + size.leafSpineCables + size.spineCoreCables;
const billed = bill.reduce((sum, { count }) => sum + count, 0);
if (billed !== total) throw new Error(`billed ${billed} of ${total} cables`);
shown("sized", start, sizedAt);
shown(`${total} cables billed in ${bill.length} lines`, sizedAt, billedAt);
shown(`${failures.length} failures judged`, billedAt, checked);
shown("together", start, checked);
console.log(`memory ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB`);

// What nobody asked for above: every cable in turn, and back from its other end.
let listed = 0;
for (const { lower, upper } of cables(size)) {
  if (farEnd(size, upper)?.port !== lower.port) throw new Error("a cable does not lead back");
  listed++;
}
const walked = performance.now();
shown(`${listed} cables walked there and back`, checked, walked);
console.log(`memory ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB`);
console.log(`ratio of the list to the counts ${((walked - checked) / (checked - start)).toFixed(0)}`);

function sized(): FabricSize {
  const [system, from] = [systems.get("gb300-nvl72"), switches.get("switch-102t")];
  if (system === undefined || from === undefined) throw new Error("not in the catalog");
  const choice = { nodes: NODES, planes: 4, oversubscription: 1, leafPerRackPerRail: false, ufm: false };
  const demand = computeDemand(system, from, choice);
  if (isDemandFault(demand)) throw new Error(demand.kind);
  const found = sizeFabric(demand);
  if (isTooLarge(found)) throw new Error("too large");
  return found;
}

function shown(what: string, from: number, to: number): void {
  console.log(`${what.padEnd(46)} ${(to - from).toFixed(0)} ms`);
}
