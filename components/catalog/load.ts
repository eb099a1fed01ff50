import { readFileSync } from "node:fs";
import { parse as parseCsv } from "csv-parse/sync";
import { parse as parseYaml } from "yaml";
import type { Catalog, CatalogFact, Coolant, Instance, Model, Price, System, UltraServer } from "./catalog.ts";
import type { Device } from "./device.ts";
import { aliases, countFact, type Fields, quantityFact, textFact, words, written } from "./entry.ts";
import { readArchitecture } from "./read-architecture.ts";
import { readDevice } from "./read-device.ts";
import { readDraft } from "./read-draft.ts";
import { readGate, readStudy } from "./read-gate.ts";
import { readGpu } from "./read-gpu.ts";
import { readMedium, readReferenceDesign, readSwitch } from "./read-network.ts";
import { readOperations } from "./read-operations.ts";
import { readTraffic } from "./read-traffic.ts";
import { trapIn } from "./traps.ts";

/**
 * Reads the catalog that the package ships. A malformed entry is a bug of the package, not of the user, so it
 * throws with the file and the entry; the tests load every file.
 */
export function loadCatalog(): Catalog {
  const gpus = entries("gpus", readGpu);
  return {
    systems: entries("systems", (id, fields) => withoutTrap(readSystem(id, fields), gpus)),
    coolants: entries("coolants", readCoolant),
    switches: entries("switches", readSwitch),
    referenceDesigns: entries("reference-designs", readReferenceDesign),
    media: [...entries("media", readMedium).values()],
    models: entries("models", readModel),
    gpus,
    traffic: entries("traffic", readTraffic),
    drafts: entries("drafts", readDraft),
    measuredServing: once(loadMeasuredServing),
    prices: entries("prices", readPrice),
    instances: entries("instances", readInstance),
    ultraServers: entries("ultra-servers", readUltraServer),
    instancePrices: entries("instance-prices", readInstancePrices),
    gates: [...entries("gates", readGate).values()],
    studies: [...entries("studies", readStudy).values()],
    operations: readOperations(entries("operations", (_, fields) => fields)),
  };
}

/**
 * Benchmark runs at fixed concurrency, as their source publishes them: ttft_ms and tpot_ms beside the configuration. Runs
 * by InferenceX, collected by ai-dynamo/aiconfigurator@095f58a (Apache-2.0); copies of a run are still in.
 */
export function loadMeasuredServing(): readonly Readonly<Record<string, string>>[] {
  return parseCsv(readFileSync(new URL("measured-serving.csv", import.meta.url), "utf8"), { columns: true });
}

/** Devices as inventories list them: apart from the catalog, which planning a site has to wait for. */
export const loadDevices = (): ReadonlyMap<string, Device> => entries("devices", readDevice);

function once<T>(read: () => T): () => T {
  let kept: { readonly value: T } | null = null;
  return () => {
    kept ??= { value: read() };
    return kept.value;
  };
}

function entries<T>(file: string, read: (id: string, fields: Fields) => T): ReadonlyMap<string, T> {
  const text = readFileSync(new URL(`${file}.yaml`, import.meta.url), "utf8");
  const document = parseYaml(text, { schema: "core", merge: true }) as Readonly<Record<string, Fields>>;
  return new Map(Object.entries(document).map(([id, fields]) => [id, read(id, fields)]));
}

function readSystem(id: string, fields: Fields): System {
  return {
    id,
    name: words(id, fields, "name"),
    gpu: words(id, fields, "gpu"),
    arch: archOf(id, fields),
    gpusPerRack: countFact(id, fields, "gpusPerRack"),
    nodesPerRack: countFact(id, fields, "nodesPerRack"),
    nvlinkDomainNodes: countFact(id, fields, "nvlinkDomainNodes"),
    schedulableNodesPerRack: countFact(id, fields, "schedulableNodesPerRack"),
    tdp: quantityFact("power", id, fields, "tdp"),
    gpuPowerLeast: quantityFact("power", id, fields, "gpuPowerLeast"),
    gpuPowerMost: quantityFact("power", id, fields, "gpuPowerMost"),
    edpPeaks: readEdpPeaks(id, fields),
    psuNameplate: quantityFact("power", id, fields, "psuNameplate"),
    computePorts: countFact(id, fields, "computePorts"),
    computePortSpeed: quantityFact("dataRate", id, fields, "computePortSpeed"),
    computeNic: textFact(/^[0-9a-f]{4}:[0-9a-f]{4}$/, id, fields, "computeNic"),
    liquidHeat: quantityFact("power", id, fields, "liquidHeat"),
    airHeat: quantityFact("power", id, fields, "airHeat"),
    coolantFlow: quantityFact("flow", id, fields, "coolantFlow"),
    inletMax: quantityFact("temperature", id, fields, "inletMax"),
    outletMax: quantityFact("temperature", id, fields, "outletMax"),
    width: quantityFact("length", id, fields, "width"),
    depth: quantityFact("length", id, fields, "depth"),
    height: quantityFact("length", id, fields, "height"),
    weight: quantityFact("mass", id, fields, "weight"),
    idle: quantityFact("power", id, fields, "idle"),
  };
}

function readCoolant(id: string, fields: Fields): Coolant {
  return {
    id,
    name: words(id, fields, "name"),
    density: quantityFact("density", id, fields, "density"),
    specificHeat: quantityFact("specificHeat", id, fields, "specificHeat"),
  };
}

function withoutTrap(system: System, gpus: Catalog["gpus"]): System {
  const trap = trapIn(system, gpus);
  if (trap !== null) throw new Error(`catalog system ${system.id}: ${trap}`);
  return system;
}

function readEdpPeaks(id: string, fields: Fields): System["edpPeaks"] {
  const peaks = fields.edpPeaks;
  if (!Array.isArray(peaks)) throw new Error(`catalog entry ${id}: edpPeaks is no list`);
  return peaks.map((peak: Fields, index) => {
    const factor = peak.factor;
    if (typeof factor !== "number" || factor < 1) throw new Error(`catalog entry ${id}: a peak without its factor`);
    return { factor, ...quantityFact("power", `${id}.edpPeaks`, { [index]: peak }, String(index)) };
  });
}

function readInstance(id: string, fields: Fields): Instance {
  return {
    id,
    gpu: words(id, fields, "gpu"),
    family: words(id, fields, "family") === "G" ? "G" : "P",
    arch: archOf(id, fields),
    onlyInUltraServers: fields.onlyInUltraServers === true,
    gpus: countFact(id, fields, "gpus"),
    vcpus: countFact(id, fields, "vcpus"),
    efaDevices: countFact(id, fields, "efaDevices"),
    efaOnFirstCard: flagFact(id, fields, "efaOnFirstCard"),
  };
}

const readUltraServer = (id: string, fields: Fields): UltraServer => ({
  id,
  instance: words(id, fields, "instance"),
  instances: countFact(id, fields, "instances"),
  schedulableInstances: countFact(id, fields, "schedulableInstances"),
});

const readInstancePrices = (id: string, fields: Fields) =>
  new Map(Object.keys(fields).map((region) => [region, quantityFact("money", id, fields, region)] as const));

function readModel(id: string, fields: Fields): Model {
  return {
    id,
    name: words(id, fields, "name"),
    huggingFace: words(id, fields, "huggingFace"),
    aliases: aliases(fields),
    parameters: countFact(id, fields, "parameters"),
    architecture: readArchitecture(id, fields),
  };
}

function readPrice(id: string, fields: Fields): Price {
  return { system: id, rack: quantityFact("money", id, fields, "rack") };
}

const archOf = (id: string, fields: Fields): "amd64" | "arm64" =>
  words(id, fields, "arch") === "arm64" ? "arm64" : "amd64";

function flagFact(id: string, fields: Fields, key: string): CatalogFact<boolean> {
  const fact = written(id, fields, key);
  if (fact.value !== null && typeof fact.value !== "boolean") throw new Error(`catalog entry ${id}: ${key} is no flag`);
  return { ...fact, value: fact.value };
}
