import { isMisread, parse } from "../../quantity.ts";
import type { Fault } from "../fault.ts";
import { UNKNOWN } from "../fields.ts";
import { didYouMean } from "../nearest.ts";
import { printPath, readPath } from "../path.ts";
import { misreadQuantity } from "../quantity-fault.ts";
import { type Found, select } from "../select.ts";
import type { KnownIds, KnownMeasure } from "./references.ts";

type Measures = ReadonlyMap<string, KnownMeasure>;

/** Each value in a document is one that its gate knows, in a unit of it. */
export const measuredFaults = (root: unknown, known: KnownIds): readonly Fault[] =>
  select(root, "phases[].evidence[]").found.flatMap((item) => {
    const gate = select(item.value, "gate").found[0]?.value;
    const measures = typeof gate === "string" && known.gates.includes(gate) ? known.measures.get(gate) : undefined;
    if (measures === undefined) return [];
    return [
      ...valuesIn(item, "measured").flatMap((value) => faultOf(value, measures, String(gate))),
      ...valuesIn(item, "agreed").flatMap((value) => [
        ...faultOf(value, measures, String(gate)),
        ...fixedRange(value, measures),
      ]),
    ];
  });

interface Value {
  readonly name: string;
  readonly written: unknown;
  readonly path: string;
}

function valuesIn(item: Found, key: string): readonly Value[] {
  const block = select(item.value, key).found[0]?.value;
  if (typeof block !== "object" || block === null || Array.isArray(block)) return [];
  const steps = [...readPath(item.path), key];
  return Object.entries(block).map(([name, written]) => ({ name, written, path: printPath([...steps, name]) }));
}

function faultOf({ name, written, path }: Value, measures: Measures, gate: string): readonly Fault[] {
  const measure = measures.get(name);
  if (measure === undefined) {
    const names = [...measures.keys()];
    const allowed = names.length === 0 ? `${gate} asks for none: its document is enough` : names.join(", ");
    const fix = didYouMean(name, names, "delete it");
    return [{ path, atKey: true, problem: "no value of this gate", got: name.slice(0, 80), allowed, fix }];
  }
  if (typeof written !== "string" || written === UNKNOWN || !isMisread(parse(measure.dimension, written))) return [];
  return [{ path, ...misreadQuantity(written, { quantity: measure.dimension, orUnknown: true }) }];
}

function fixedRange({ name, written, path }: Value, measures: Measures): readonly Fault[] {
  if (measures.get(name)?.agreeable !== false) return [];
  const fix = "delete it: the range of the gate holds";
  return [{ path, atKey: true, problem: "limit is not agreed on", got: String(written), allowed: "no entry", fix }];
}
