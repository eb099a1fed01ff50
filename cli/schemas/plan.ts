import { Type } from "typebox";
import { DISTRIBUTION_SCOPES, SCHEMES } from "../../components/power/schema.ts";
import { PHASE_STATES } from "../../components/site/phase-state.ts";
import { count, list, money, nullable, object, path, ratio, text, totalOf, watts } from "./document.ts";

const state = Type.Enum([...PHASE_STATES]);
const total = totalOf(watts);
const moneyTotal = totalOf(money);
const budget = object({ value: nullable(money), at: path });

const evidence = object({ gate: text, document: text, date: text, signedBy: text, at: path });
const building = object({
  id: text,
  system: text,
  halls: count,
  podsPerHall: count,
  racksPerPod: count,
  racks: count,
  rackWatts: nullable(watts),
  it: total,
  at: path,
});
const phase = object({
  id: text,
  from: text,
  state,
  buildings: list(building),
  racks: count,
  gpus: nullable(count),
  it: total,
  evidence: list(evidence),
  at: path,
});
const supply = object({
  id: text,
  contracted: nullable(watts),
  firm: nullable(watts),
  contractedAt: path,
  firmAt: path,
  at: path,
});
const ledgerRow = object({
  quarter: text,
  phases: list(text),
  racks: count,
  gpus: nullable(count),
  it: total,
  pue: object({ value: nullable(ratio), at: path }),
  meter: total,
  contracted: total,
  firm: total,
  supplies: list(supply),
});
const level = object({
  id: text,
  building: text,
  phase: text,
  per: Type.Enum([...DISTRIBUTION_SCOPES]),
  scheme: Type.Enum([...SCHEMES]),
  count,
  sets: count,
  ratedWatts: nullable(watts),
  derating: ratio,
  load: total,
  usable: nullable(watts),
  surviving: count,
  at: path,
});
const pool = object({
  id: text,
  phase: text,
  state,
  held: Type.Boolean(),
  system: text,
  arch: Type.Enum(["amd64", "arm64"]),
  capacity: Type.Enum(["owned", "reserved", "on-demand", "spot"]),
  racks: count,
  spareRacks: count,
  nodes: nullable(count),
  gpusPerNode: nullable(count),
  gpus: nullable(count),
  usableGpus: nullable(count),
  wattsPerGpu: nullable(watts),
  it: total,
  powerBudget: watts,
  at: path,
});
const endpoint = object({
  id: text,
  tenant: text,
  pool: text,
  model: text,
  precision: text,
  replicas: count,
  nodesPerReplica: count,
  gpusPerNode: count,
  gpus: count,
  watts: nullable(watts),
  image: object({ repository: text, tag: text, digest: nullable(text), source: nullable(text), at: path }),
  held: Type.Boolean(),
  at: path,
});
const costLine = object({
  id: text,
  what: text,
  capex: nullable(money),
  perHour: nullable(money),
  from: list(text),
  missing: list(text),
});

/** `millrace plan --format json`. */
export const planSchema = Type.Object(
  {
    apiVersion: Type.Literal("millrace/plan/v1"),
    site: text,
    name: text,
    demand: list(object({ said: text, power: nullable(watts), source: nullable(text), at: path })),
    phases: list(phase),
    ledger: list(ledgerRow),
    distribution: list(level),
    pools: list(pool),
    endpoints: list(endpoint),
    tenants: list(object({ id: text, namespace: text, priority: count, at: path })),
    network: object({ topologyLevels: list(text), ingressNamespaces: list(text), wattsPerGpu: nullable(watts) }),
    cost: object({
      lines: list(costLine),
      capex: moneyTotal,
      perHour: moneyTotal,
      perGpuHour: nullable(money),
      budgetCapex: budget,
      budgetPerHour: budget,
      prices: list(object({ of: text, date: text, source: text, at: text })),
      priceAgeDays: ratio,
      at: path,
    }),
    facts: list(object({ at: path, known: Type.Boolean(), source: nullable(text), assumed: Type.Boolean(), state })),
    target: Type.Union([
      object({ kind: Type.Literal("render") }),
      object({ kind: Type.Literal("kubernetes"), context: text }),
    ]),
  },
  { $id: "https://millrace.dev/schemas/plan-v1.json", title: "Millrace plan", additionalProperties: false },
);
