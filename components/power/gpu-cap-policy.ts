import { commonLabels, GPU_RESOURCE, type KubernetesObject, LABEL } from "../kubernetes.ts";
import type { PoolPlan } from "../plan-types.ts";

/**
 * Power limit of each GPU of a pod, in whole watts: NVIDIA Dynamo's power agent sets it on the node through NVML or
 * DCGM, for any pod that carries it. Source: ai-dynamo/dynamo, deploy/helm/charts/power-agent.
 */
export const POWER_LIMIT_ANNOTATION = "dynamo.nvidia.com/gpu-power-limit";

/** What a pod of the pool says of its GPUs; nothing where no cap is enforced. */
export const powerLimitOf = ({ cap }: PoolPlan): Readonly<Record<string, string>> =>
  cap === null || cap.enforced === null ? {} : { [POWER_LIMIT_ANNOTATION]: String(cap.enforced) };

const capPolicyName = (pool: string): string => `millrace-gpu-power-${pool}`;

/**
 * The agent leaves a pod without the annotation at full power, and then the queue would count it too low: so the API
 * server itself refuses such a pod on the pool's nodes, whoever makes it. A change that touches neither the nodes nor
 * the annotation passes, or a pod from before the cap could not be ended.
 */
export function capPolicy(site: string, pool: PoolPlan): readonly KubernetesObject[] {
  const limit = pool.cap?.enforced ?? null;
  if (limit === null) return [];
  const metadata = {
    name: capPolicyName(pool.id),
    labels: { ...commonLabels(site, "power"), [LABEL.pool]: pool.id },
  };
  return [
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicy",
      metadata,
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          resourceRules: [
            { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["pods"] },
          ],
        },
        matchConditions: [
          { name: "on-the-pool", expression: `${nodePool("object")} == '${pool.id}'` },
          { name: "with-gpus", expression: `object.spec.containers.exists(c, ${ASKS_FOR_GPUS})` },
          {
            name: "new-or-moved",
            expression: `request.operation == 'CREATE' || ${nodePool("oldObject")} != '${pool.id}' || ${limitOf("oldObject")} != ${limitOf("object")}`,
          },
        ],
        validations: [
          {
            expression: `${limitOf("object")}.matches('^[1-9][0-9]{0,5}$') && int(${limitOf("object")}) <= ${limit}`,
            message: `a pod with GPUs on pool ${pool.id} carries the annotation ${POWER_LIMIT_ANNOTATION} with at most ${limit} W`,
          },
        ],
      },
    },
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicyBinding",
      metadata,
      spec: { policyName: metadata.name, validationActions: ["Deny"] },
    },
  ];
}

const nodePool = (object: string): string => `${object}.spec.?nodeSelector[?'${LABEL.pool}'].orValue('')`;
const limitOf = (object: string): string => `${object}.metadata.?annotations[?'${POWER_LIMIT_ANNOTATION}'].orValue('')`;
const ASKS_FOR_GPUS = `'${GPU_RESOURCE}' in c.?resources.?limits.orValue({})`;
