import type { Scheme } from "./schema.ts";

/**
 * Elements of a set of n that still carry load at the loss its scheme plans for: one of N+1, one side of 2N, one
 * of every three at 3-to-make-2, one of every four at 4-to-make-3, the catcher, one of k systems with pairs on them.
 * Source: definitions of the redundancy schemes; 3N/2 is three units carrying the load of two, not two of three.
 */
const SURVIVORS: Readonly<Record<Scheme, (installed: number) => number>> = {
  N: (installed) => installed,
  "N+1": (installed) => installed - 1,
  "2N": (installed) => Math.floor(installed / 2),
  "3N/2": (installed) => Math.floor((installed * 2) / 3),
  "4N/3": (installed) => Math.floor((installed * 3) / 4),
  catcher: (installed) => installed - 1,
  distributed: (installed) => installed - 1,
};

export const survivors = (scheme: Scheme, installed: number): number => Math.max(0, SURVIVORS[scheme](installed));
