import type { Fault } from "../../components/site/fault.ts";
import { type KnownIds, readSite } from "../../components/site/load.ts";
import type { KnownMeasure } from "../../components/site/meaning/references.ts";
import type { Replacements } from "./sites.ts";

/** The ids that the minimal site needs, and a few beside them. */
export const MINIMAL_KNOWN: KnownIds = {
  systems: ["gb200-nvl72", "gb300-nvl72"],
  coolants: ["pg25", "water"],
  switches: ["qm9700", "sn2201", "sn5600"],
  instances: ["p5.48xlarge", "p5en.48xlarge"],
  ultraServers: [],
  models: ["deepseek-r1", "llama-3.1-70b"],
  traffic: ["azure-2023-conversation"],
  gates: ["design-review", "load-ramp"],
  studies: ["arc-flash", "cfd"],
  measures: new Map([
    ["design-review", new Map()],
    [
      "load-ramp",
      new Map<string, KnownMeasure>([
        ["ramp", { dimension: "powerRate", agreeable: true }],
        ["ph", { dimension: "acidity", agreeable: false }],
      ]),
    ],
  ]),
  rules: ["power/firm-supply", "serving/image-digest"],
};

/** A whole blueprint, every key of it once, two entries where order or number may matter. */
export const MINIMAL_SITE = `apiVersion: millrace/v1
site:
  name: Mill Creek
  place: Anytown, Ohio, US
  timeZone: America/New_York
  demand:
    - said: city council, minutes of May
      power: { value: 40 MW, source: minutes }
power:
  pue: { value: 1.20, source: design, assumed: true }
  services:
    - id: feeder-{1..2}
      voltage: 13.8 kV
      contracted: 30 MW
      firm: unknown
      from: 2026-Q1
      until: 2030-Q4
  generation:
    - { id: plant, units: 4, unit: 5 MW, scheme: N+1, from: 2027-Q1 }
  distribution:
    - { id: rpp, per: pod, count: 4, rating: 500 kW, derating: 100 %, scheme: 4N/3 }
buildings:
  - { id: old, halls: 1, podsPerHall: 2, racksPerPod: 8, system: gb200-nvl72, hall: { width: 20 m, depth: 12 m, clearHeight: 3.6 m, floorLoad: 25 kPa, podsPerRow: 1, rowPitch: 4.2 m, rowEquipment: 6 m, rackWeight: 1360 kg }, otherIt: 12 % }
  - { id: "new{1..2}", halls: 2, podsPerHall: 2, racksPerPod: 8, system: gb300-nvl72, otherIt: 12 % }
phases:
  - id: first
    from: 2026-Q4
    state: permitted
    buildings: [old]
    evidence:
      - { gate: load-ramp, document: D-1, date: 2026-02-03, signedBy: A. Moreno, measured: { ramp: 3 MW/min }, agreed: { ramp: 5 MW/min } }
  - { id: second, from: 2027-Q2, state: designed, buildings: ["new{1..2}"], evidence: [] }
network:
  { ingressNamespaces: [gateway-system], fabrics: [{ id: fast, carries: [compute], switch: qm9700, leaf: rack, planes: 2, oversubscription: 1, keeps: 75 % }, { id: slow, carries: [out-of-band], switch: sn2201, leaf: access, planes: 1, oversubscription: 1, portsPerNode: 2, portSpeed: 400 Gb/s, portsPerRack: 10, switchPower: unknown, keeps: 0 % }], ways: { rackPitch: 600 mm, hallPitch: 40 m, drop: 3 m, slack: 10 %, unitsPerRack: 40 }, addresses: { rails: { ipv4: 10.0.0.0/9, ipv6: "fd00:1::/32" }, links: { ipv4: 10.128.0.0/10, ipv6: "fd00:2::/32" }, loopbacks: { ipv4: 10.192.0.0/12, ipv6: "fd00:3::/32" }, firstAsn: 4200000000, buildings: 2000, fabrics: 2 } }
pools:
  - { id: small, phase: first, spareRacks: 1, capacity: owned, powerBudget: 2 MW }
  - { id: large, phase: second, spareRacks: 2, capacity: reserved, powerBudget: 9 MW }
serving:
  tenants:
    - { id: research, priority: 1000 }
  endpoints:
    - id: chat
      tenant: research
      pool: small
      model: llama-3.1-70b
      precision: fp8
      replicas: 4
      nodesPerReplica: 1
      gpusPerNode: 4
      traffic: { profile: azure-2023-conversation, peak: 3 /s, prefixHitRate: 0 % }
      objective: { timeToFirstToken: 400 ms, interToken: 60 ms }
      image: { repository: docker.io/vllm/vllm-openai, tag: v1 }
cost:
  tariff: 7.1 c/kWh
  wacc: 7 %
  itLife: 5 y
  facilityLife: 14 y
  facilityPerWatt: $12
  priceAge: 365 d
  budget:
    capex: $450 M
    perHour: unknown
target: { kind: kubernetes, context: prod }
waivers:
  - rule: serving/image-digest
    subject: endpoints.chat
    reason: chosen at energization
    owner: platform
    ticket: MC-1
    expires: 2027-01-31
cooling:
  liquid: { coolant: pg25, supply: 30 °C, rise: 15 K }
  facilityWater: { coolant: water, supply: 24 C, rise: 10 K }
  outdoor: { dryBulb: 36 C, wetBulb: unknown }
  water: { wue: 0.1 l/kWh, supply: 500 m3/d }
  levels:
    - { id: cdu, kind: cdu, per: pod, count: 2, scheme: N+1, rating: 1.3 MW, ratedAt: 25 C, approach: 5 K, flow: 1200 l/min, draw: 20 kW, to: chiller }
    - { id: air-handler, kind: air-handler, per: hall, count: 5, scheme: N+1, rating: 150 kW, ratedAt: 24 C, draw: 6 kW }
    - { id: chiller, kind: chiller, per: building, count: 4, scheme: N+1, rating: 2 MW, ratedAt: 40 C, draw: 250 kW }
`;

/** The minimal site with pieces of its text replaced, each by its first match; each piece must be there. */
export const minimalWith = (...replacements: Replacements): string =>
  replacements.reduce((text, [piece, by]) => {
    if (!text.includes(piece)) throw new Error(`the minimal site has no "${piece}"`);
    return text.replace(piece, () => by);
  }, MINIMAL_SITE);

/** The faults of the minimal site with pieces of its text replaced. */
export function minimalFaults(...replacements: Replacements): readonly Fault[] {
  const read = readSite(minimalWith(...replacements), "site.yaml", MINIMAL_KNOWN);
  return read.ok ? [] : read.faults;
}
