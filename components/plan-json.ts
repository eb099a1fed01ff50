import { createHash } from "node:crypto";
import type { Plan } from "./plan-types.ts";

/** The plan as one JSON document: keys in the order of `Plan`, money as a string of integer micro-dollars. */
export const planJson = (plan: Plan): string => JSON.stringify(plan, moneyAsText, 2);

/** Twelve hex digits that change with any byte of the plan. */
export const planDigest = (plan: Plan): string =>
  createHash("sha256").update(JSON.stringify(plan, moneyAsText)).digest("hex").slice(0, 12);

export const moneyAsText = (_key: string, value: unknown): unknown =>
  typeof value === "bigint" ? value.toString() : value;
