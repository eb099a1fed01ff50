import { type TProperties, type TSchema, Type } from "typebox";

/** Building blocks of the published JSON formats: closed objects, so that a new field shows in the schema's diff. */
export const object = <P extends TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
export const list = <S extends TSchema>(items: S) => Type.Array(items);
export const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
export const text = Type.String();
export const count = Type.Integer({ minimum: 0 });
export const watts = Type.Integer({ minimum: 0, description: "W" });
/** Integer micro-dollars as text: a campus costs more of them than a double can count. */
export const money = Type.String({ pattern: "^\\d+$", description: "integer micro-dollars" });
export const path = Type.String({ description: "path in the blueprint" });
export const ratio = Type.Number({ minimum: 0 });

/** A sum: what is known of it, and the paths that would complete it. */
export const totalOf = (known: TSchema) => object({ known, missing: list(text) });
