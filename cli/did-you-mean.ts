import { nearest } from "../components/site/nearest.ts";

/** The known word that was meant, as a fix; where none is near, the other way on. */
export function didYouMean(got: string, known: readonly string[], otherwise: string): string {
  const near = nearest(got, known);
  return near === null ? otherwise : `did you mean ${near}?`;
}
