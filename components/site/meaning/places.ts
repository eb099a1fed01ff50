import type { Fault } from "../fault.ts";
import { didYouMean } from "../nearest.ts";
import { selectTexts } from "../select.ts";

/** Names of the world outside: the time zone is one of IANA's, a namespace is one that a cluster can have. */
export const placeFaults = (root: unknown): readonly Fault[] => [...unknownZone(root), ...badNamespaces(root)];

function unknownZone(root: unknown): readonly Fault[] {
  return selectTexts(root, "site.timeZone")
    .found.filter(({ value }) => !isZone(value))
    .map(({ value, path }) => {
      const fix = didYouMean(value, zonesLike(value), 'name the city of the zone, as in "America/Chicago"');
      return { path, problem: "unknown time zone", got: value, allowed: "a zone of the IANA database", fix };
    });
}

/** The runtime's own table decides; it also knows names that IANA keeps for old files. */
function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const zonesLike = (name: string): readonly string[] =>
  Intl.supportedValuesOf("timeZone").filter((zone) => zone[0] === name[0]?.toUpperCase());

const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

function badNamespaces(root: unknown): readonly Fault[] {
  return selectTexts(root, "network.ingressNamespaces[]")
    .found.filter(({ value }) => !NAMESPACE.test(value))
    .map(({ value, path }) => ({
      path,
      problem: "not a namespace",
      got: value,
      allowed: "lower case, digits and hyphens between them, at most 63",
      fix: "name it as the cluster does",
    }));
}
