import type { Fault } from "./fault.ts";
import { asBuiltFaults } from "./meaning/as-built.ts";
import { outOfBounds } from "./meaning/bounds.ts";
import { coolingFaults } from "./meaning/cooling.ts";
import { curtailmentFaults } from "./meaning/curtailment.ts";
import { doubledNames } from "./meaning/doubled.ts";
import { endpointNameFaults } from "./meaning/endpoint-names.ts";
import { instanceFaults } from "./meaning/instances.ts";
import { levelFaults } from "./meaning/levels.ts";
import { measuredFaults } from "./meaning/measured.ts";
import { outageNameFaults } from "./meaning/outage-names.ts";
import { overflowFaults } from "./meaning/overflow.ts";
import { phaseFaults } from "./meaning/phases.ts";
import { placeFaults } from "./meaning/places.ts";
import { poolFaults } from "./meaning/pools.ts";
import { prefixFaults } from "./meaning/prefixes.ts";
import { type KnownIds, unknownReferences } from "./meaning/references.ts";
import { speculationFaults } from "./meaning/speculation.ts";
import { splitFaults } from "./meaning/split.ts";
import { supplyFaults } from "./meaning/supplies.ts";
import { targetFaults } from "./meaning/target.ts";
import { templateFaults } from "./meaning/templates.ts";
import { trafficFaults } from "./meaning/traffic.ts";

/**
 * What the schema cannot say: ids stand once, references meet, racks are counted once, figures are possible. Reads
 * data that may not fit the schema, so that all faults come in one run; what cannot be read gives no fault here.
 */
export const meaningFaults = (root: unknown, known: KnownIds): readonly Fault[] => [
  ...templateFaults(root),
  ...doubledNames(root),
  ...endpointNameFaults(root),
  ...splitFaults(root),
  ...speculationFaults(root),
  ...trafficFaults(root),
  ...unknownReferences(root, known),
  ...phaseFaults(root),
  ...measuredFaults(root, known),
  ...poolFaults(root),
  ...targetFaults(root),
  ...instanceFaults(root),
  ...overflowFaults(root),
  ...supplyFaults(root),
  ...levelFaults(root),
  ...asBuiltFaults(root),
  ...outageNameFaults(root),
  ...coolingFaults(root),
  ...curtailmentFaults(root),
  ...prefixFaults(root),
  ...outOfBounds(root),
  ...placeFaults(root),
];
