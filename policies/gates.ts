import type { Gate } from "../components/catalog/gate.ts";
import type { EvidenceItem, PhasePlan } from "../components/plan-types.ts";
import { hasReached } from "../components/site/phase-state.ts";
import type { Context } from "./rule.ts";

/** A gate that the state of a phase asks for. */
export interface NeededGate {
  readonly phase: PhasePlan;
  readonly gate: Gate;
  /** Documents of the phase for the gate, oldest first; of one day, in the order of the file. */
  readonly documents: readonly EvidenceItem[];
  /** The one that counts: the latest that is signed by the day of the check. A test that failed is superseded by its repetition. */
  readonly counting: EvidenceItem | null;
}

/** Every gate that the phases need by their state, in the order of the ladder; a retired phase needs none. */
export const neededGates = (context: Context): readonly NeededGate[] =>
  context.plan.phases
    .filter(({ state }) => state !== "retired")
    .flatMap((phase) =>
      context.catalog.gates
        .filter((gate) => isNeeded(gate, phase, context))
        .map((gate) => needed(phase, gate, context)),
    );

/** Where instances are rented, the racks under them are the landlord's to prove. */
const isNeeded = (gate: Gate, { state, buildings }: PhasePlan, { plan, asState, catalog }: Context): boolean =>
  hasReached(asState ?? state, gate.neededFrom) &&
  (plan.target.kind === "aws"
    ? gate.of === "every site"
    : gate.of !== "liquid-cooled racks" || isLiquid(buildings, catalog));

/** What nobody says of a system's cooling may be liquid. */
const isLiquid = (buildings: PhasePlan["buildings"], { systems }: Context["catalog"]): boolean =>
  buildings.some(({ system }) => systems.get(system)?.liquidHeat.value !== 0);

function needed(phase: PhasePlan, gate: Gate, { today }: Context): NeededGate {
  const documents = documentsFor(phase, gate.id);
  return { phase, gate, documents, counting: documents.findLast(({ date }) => date <= today) ?? null };
}

/** Documents of a phase for a gate, oldest first. */
export const documentsFor = ({ evidence }: PhasePlan, gate: string): readonly EvidenceItem[] =>
  evidence
    .filter((item) => item.gate === gate)
    .toSorted((left, right) => (left.date === right.date ? 0 : left.date < right.date ? -1 : 1));
