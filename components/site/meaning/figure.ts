import { type Dimension, isMisread, parse, type Quantities } from "../../quantity.ts";
import { type Found, select } from "../select.ts";

/** A figure of the file, as it is written and as it reads. */
export interface Figure<D extends Dimension> {
  /** Where the value itself stands: the field, or its `value`. */
  readonly path: string;
  readonly written: string;
  readonly value: Quantities[D];
}

/** A figure, written alone or as `{ value, … }`: null where it is unknown or cannot be read. */
export function figureOf<D extends Dimension>(dimension: D, { value, path }: Found): Figure<D> | null {
  const alone = typeof value === "string";
  const written = alone ? value : select(value, "value").found[0]?.value;
  const quantity = typeof written === "string" ? parse(dimension, written) : null;
  if (quantity === null || isMisread(quantity)) return null;
  return { path: alone ? path : `${path}.value`, written: String(written), value: quantity };
}
