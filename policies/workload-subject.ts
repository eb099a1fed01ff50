import type { Input } from "./finding.ts";
import type { Subject } from "./rule.ts";
import type { Workload } from "./workload.ts";

/** A registered workload as the subject of a rule: whose phase it belongs to is not asked, it is there already. */
export function workloadSubject(workload: Workload, inputs: readonly Input[], says: () => string): Subject {
  const name = `${workload.kind} ${workload.name}`;
  return {
    id: workload.id,
    at: "serving",
    state: null,
    claim: "all-of",
    unit: "",
    inputs,
    message: () => `${name}${says()}`,
  };
}
