import type { Comparison, Figure, Limit } from "../components/catalog/gate.ts";
import type { PhasePlan, StatedValue } from "../components/plan-types.ts";
import type { Context } from "./rule.ts";

/** What a value of a phase is held against. */
export interface HeldAgainst {
  readonly comparison: Comparison;
  /** Null where neither the catalog nor the parties give one, or the systems of the phase have different ones. */
  readonly figure: Figure | null;
  readonly from: "catalog" | "agreed";
  readonly mixed: boolean;
}

/** The limit for a phase: the catalog's, or the agreed one where it is stricter or the only one. */
export function limitFor(
  { comparison, all, each }: Limit,
  phase: PhasePlan,
  agreed: StatedValue | undefined,
  catalog: Context["catalog"],
): HeldAgainst {
  const perSystem = systemsOf(phase, catalog).map(
    (names) => all ?? each.get(names.system) ?? each.get(names.gpu) ?? null,
  );
  const [first = null, ...others] = perSystem;
  const mixed = others.some((figure) => figure?.value !== first?.value);
  const own = mixed ? null : first;
  if (agreed === undefined || mixed)
    return { comparison, figure: own, from: own === null ? "agreed" : "catalog", mixed };
  const { written, value } = agreed;
  if (value === null) return { comparison, figure: null, from: "agreed", mixed };
  return own !== null && isStricter(comparison, own.value, value)
    ? { comparison, figure: own, from: "catalog", mixed }
    : { comparison, figure: { written, value }, from: "agreed", mixed };
}

const isStricter = (comparison: Comparison, one: number, other: number): boolean =>
  comparison === "atLeast" ? one >= other : one <= other;

/** Each system of a phase with its GPU: figures are by the one or by the other. */
export const systemsOf = (
  { buildings, instances }: PhasePlan,
  catalog: Context["catalog"],
): readonly { readonly system: string; readonly gpu: string }[] =>
  [...new Set([...buildings.map(({ system }) => system), ...instances])].map((system) => ({
    system,
    gpu: (catalog.systems.get(system) ?? catalog.instances.get(system))?.gpu ?? "",
  }));

/** How far a value keeps from a limit; negative past it. */
export const room = (comparison: Comparison, value: number, limit: number): number =>
  comparison === "atLeast" ? value - limit : limit - value;
