import type { Bytes } from "../quantity.ts";

/** Whole mebibytes as Kubernetes itself writes them: in the largest unit that divides them. */
export function binary(bytes: Bytes): string {
  const mebibytes = Math.ceil(bytes / 2 ** 20);
  if (mebibytes % 2 ** 20 === 0) return `${mebibytes / 2 ** 20}Ti`;
  return mebibytes % 2 ** 10 === 0 ? `${mebibytes / 2 ** 10}Gi` : `${mebibytes}Mi`;
}
