import type { BuildingPlan } from "../../plan-types.ts";
import type { AsBuiltNode, Level, NodeKind, Scheme, Service } from "../schema.ts";
import type { Element } from "./graph.ts";

const PASSES_ON: Pick<Element, "rated" | "usable" | "gain" | "maintainable" | "allNeeded"> = {
  rated: Number.POSITIVE_INFINITY,
  usable: Number.POSITIVE_INFINITY,
  gain: 1,
  maintainable: false,
  allNeeded: false,
};

/** All supplies in parallel: their outages are the ledger's, by what each holds firm. */
export const SUPPLY: Element = { ...PASSES_ON, kind: "supply", level: "supply", canFail: false, at: "power.services" };

/** A service that certain elements hang on: it can be lost as a whole; what it can give is the ledger's. */
export const utilityElement = ({ id }: Service, at: string): Element => ({
  ...PASSES_ON,
  kind: "utility",
  level: id,
  canFail: true,
  at,
});

export const rackElement = ({ at, system }: BuildingPlan): Element => ({
  ...PASSES_ON,
  kind: "rack",
  level: "rack",
  canFail: false,
  at,
  loadFrom: `catalog:systems/${system}/tdp`,
});

export const otherItElement = ({ at, system, rackWatts }: BuildingPlan): Element => ({
  ...PASSES_ON,
  kind: "other-it",
  level: "other-it",
  canFail: false,
  at,
  loadFrom: rackWatts === null ? `catalog:systems/${system}/tdp` : `${at}.otherIt`,
});

/** The bus on which equal elements of a reserve work in parallel; a bus that can fail is a level of its own. */
export const busElement = ({ id, voltage }: Pick<Level, "id" | "voltage">, at: string): Element => ({
  ...PASSES_ON,
  kind: "switchgear",
  level: `${id}-bus`,
  ...(voltage === undefined ? {} : { voltage: voltage.value }),
  canFail: false,
  at,
});

type Stated = Omit<AsBuiltNode, "id" | "kind" | "feeds" | "reserves"> & { readonly scheme?: Scheme };

/**
 * What a level or a node of the blueprint says of an element; without a rating, nothing limits it. A UPS stores energy,
 * also where the blueprint does not say how much.
 */
export function elementOf(stated: Stated, kind: NodeKind, level: string, at: string): Element {
  const rated = stated.rating === undefined ? Number.POSITIVE_INFINITY : stated.rating.value;
  const efficiency = stated.efficiency === undefined ? 1 : stated.efficiency.value;
  return {
    kind,
    level,
    rated,
    usable: rated === null ? null : Math.floor(rated * (stated.derating ?? 1) + 1e-6),
    gain: efficiency === null ? null : 1 / efficiency,
    ...(kind === "ups" ? { rideThrough: null } : {}),
    ...times(stated),
    maintainable: stated.maintainable ?? false,
    allNeeded: stated.scheme === "N",
    canFail: true,
    at,
  };
}

/** What is stated of times and voltages; what is not stated has no key, what is unknown is null. */
const times = (stated: Stated): Partial<Element> =>
  Object.fromEntries(STATED.flatMap((key) => (stated[key] === undefined ? [] : [[key, stated[key].value]])));

const STATED = ["transfer", "rideThrough", "start", "stepLoad", "fuel", "primary", "voltage"] as const;
