import type { Faulty } from "../../components/open.ts";
import { placeOfFault } from "../../components/site/source.ts";
import { inertJson } from "./inert-json.ts";

/** Faults of the blueprint as one document, in the frame of the format that was asked for. */
export const faultsJson = (apiVersion: string, site: string, faulty: Faulty): string =>
  inertJson(JSON.stringify({ apiVersion, site, verdict: "bad-input", faults: shownFaults(faulty) }, null, 2));

/** Faults with their places. */
export const shownFaults = ({ faults, source }: Faulty) =>
  faults.map((fault) => ({
    problem: fault.problem,
    got: fault.got,
    allowed: fault.allowed,
    fix: fault.fix,
    at: { path: fault.path, ...placeOfFault(fault, source) },
  }));
