import { TRANSFER_FLAG, transferOf } from "../../kv-transfer.ts";
import { inputsMessage } from "../../message.ts";
import { readList, UNKNOWN } from "../../registered.ts";
import { condition, type Rule } from "../../rule.ts";
import { type Workload, workloadsOf } from "../../workload.ts";
import { workloadSubject } from "../../workload-subject.ts";

const BACKEND = "LIBFABRIC";

/** KV caches go from GPU to GPU over EFA by libfabric alone: NIXL's own choice does not know EFA. */
export const kvBackend: Rule = {
  id: "aws/kv-backend",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim: "where an engine hands KV caches over by NIXL on AWS, it does so by the backend LIBFABRIC alone",
  why: "UCX, which NIXL takes by itself, does not reach EFA: transfers fail, or crawl over TCP with seconds to the first token",
  formula: `each ${TRANSFER_FLAG} with a NixlConnector: kv_connector_extra_config.backends = ["${BACKEND}"]`,
  source: "vllm#27055; NVIDIA Dynamo, EFA guide",
  inputs: "registered workloads on target aws: commands and arguments of their containers",
  pass: "each such configuration names the backend, and no other",
  fail: "one names another, or none",
  unproved: "an argument is not known, or the configuration is no JSON",
  fix: `${TRANSFER_FLAG} '{"kv_connector":"NixlConnector","kv_role":"kv_both","kv_connector_extra_config":{"backends":["${BACKEND}"]}}'`,
  manualCheck: "kubectl get the pod -o yaml: arguments of the engine; its log: the NIXL backend at start",
  notApplicable: "the target is not AWS, or no registered engine hands KV caches over",
  subjects: ({ plan, registered }) =>
    plan.target.kind !== "aws"
      ? []
      : workloadsOf(registered).flatMap((workload) => {
          const held = transfersOf(workload);
          if (held.length === 0) return [];
          const inputs = held.map((holds, index) =>
            condition(`configuration ${index + 1} has ${BACKEND} alone`, holds, workload.urn),
          );
          return [workloadSubject(workload, inputs, () => `: ${inputsMessage(`KV caches go by ${BACKEND}`, inputs)}`)];
        }),
};

/** Of each NixlConnector, whether it holds; null where its configuration, or whether there is one, is not known. */
function transfersOf({ templates }: Workload): readonly (boolean | null)[] {
  return templates.flatMap(({ template }) => {
    const containers = readList(template, "spec", "containers");
    return containers === UNKNOWN ? [null] : containers.flatMap(byLibfabric);
  });
}

function byLibfabric(container: unknown): readonly (boolean | null)[] {
  const transfer = transferOf(container);
  if (transfer === null) return [];
  if (transfer.connectors === null) return [null];
  return transfer.connectors
    .filter(({ name }) => name === "NixlConnector")
    .map(({ backends }) => {
      const named = backends.known ? backends.value : null;
      return Array.isArray(named) && named.length === 1 && named[0] === BACKEND;
    });
}
