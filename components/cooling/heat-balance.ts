import type { Coolant } from "../catalog/catalog.ts";
import type { Kelvin, LitresPerMinute, Watts } from "../quantity.ts";

/** Heat in W that a litre a minute carries for each kelvin: ρ × c ÷ 60 000. Null where a property is not known. */
const wattsPerLitre = ({ density, specificHeat }: Coolant): number | null =>
  density.value === null || specificHeat.value === null ? null : (density.value * specificHeat.value) / 60_000;

/** V̇ = Q ÷ (ρ × c × ΔT): flow in l/min that carries the heat away at a rise; kW = ṁ × c × ΔT read backwards. */
export function flowFor(heat: Watts | null, rise: Kelvin, coolant: Coolant): LitresPerMinute | null {
  const each = wattsPerLitre(coolant);
  return heat === null || each === null || rise === 0 ? null : ((heat / (each * rise)) as LitresPerMinute);
}

/** Q = V̇ × ρ × c × ΔT: heat in W that a flow carries away at a rise. */
export function heatOf(flow: LitresPerMinute | null, rise: Kelvin, coolant: Coolant): Watts | null {
  const each = wattsPerLitre(coolant);
  return flow === null || each === null ? null : (Math.floor(flow * each * rise + 1e-6) as Watts);
}
