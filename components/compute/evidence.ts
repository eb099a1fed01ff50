import type { Gate } from "../catalog/gate.ts";
import type { EvidenceItem, StatedValue } from "../plan-types.ts";
import { isMisread, parse } from "../quantity.ts";
import type { Phase } from "../site/schema.ts";

/** The documents of a phase, with their values in the base units of what their gates measure. */
export const planEvidence = (phase: Phase, at: string, gates: readonly Gate[]): readonly EvidenceItem[] =>
  phase.evidence.map(({ gate: id, document, date, signedBy, measured, agreed }, index) => {
    const gate = gates.find((each) => each.id === id);
    const place = `${at}.evidence[${index}]`;
    return {
      gate: id,
      document,
      date,
      signedBy,
      measured: valuesOf(measured, gate, `${place}.measured`),
      agreed: valuesOf(agreed, gate, `${place}.agreed`),
      at: place,
    };
  });

/** In the order of the gate; what it does not measure was refused with the blueprint. */
const valuesOf = (
  stated: Readonly<Record<string, string>> | undefined,
  gate: Gate | undefined,
  at: string,
): readonly StatedValue[] =>
  (gate?.measures ?? []).flatMap(({ id, dimension }) => {
    const written = stated !== undefined && Object.hasOwn(stated, id) ? stated[id] : undefined;
    if (written === undefined) return [];
    const value = parse(dimension, written);
    return [{ of: id, written, value: isMisread(value) ? null : Number(value), at: `${at}.${id}` }];
  });
