import { UNKNOWN } from "../../policies/registered.ts";
import { adding, changed, without } from "../support/by-hand.ts";
import { engine, on } from "../support/engines.ts";
import type { RuleCases } from "../support/rule-case.ts";
import { labWith } from "../support/sites.ts";

const SUBJECT = "workloads.tenant-research.Deployment.fast";
const STATED = 'memlock: { value: unlimited, source: "node diagnostics LAB-AT-002: ulimit -l in a pod on every node" }';
const limited = labWith([STATED, 'memlock: { value: limited, source: "node image LAB-NI-3" }']);

/** A pod on the lab's nodes that asks for the NICs of the compute fabric. */
const asking = (capabilities: object = {}, devices: unknown = "1", ...more: readonly object[]) =>
  adding(
    engine("fast", {
      spec: {
        ...on("gb300").spec,
        containers: [
          { securityContext: { capabilities } },
          ...more.map((each) => ({ securityContext: { capabilities: each } })),
        ].map((container, index) => ({
          ...container,
          name: `engine-${index}`,
          image: `docker.io/a/b@sha256:${"0".repeat(64)}`,
          resources: { limits: { "nvidia.com/gpu": "1", "rdma/compute": devices } },
        })),
      },
    }),
  );
/** The lab's own policy, with another configuration of its shared devices. */
const offering = (entry: object) =>
  changed("NicClusterPolicy", (object) => {
    const spec = object.spec as { readonly rdmaSharedDevicePlugin: object };
    const plugin = { ...spec.rdmaSharedDevicePlugin, config: JSON.stringify({ configList: [entry] }) };
    return { ...object, spec: { ...spec, rdmaSharedDevicePlugin: plugin } };
  });
const compute = { resourceName: "compute", rdmaHcaMax: 63, selectors: { vendors: ["15b3"], deviceIDs: ["1023"] } };
type Registered = ReturnType<typeof adding>;
const both =
  (first: Registered, second: Registered): Registered =>
  (planned) =>
    second(first(planned));
const locking = { add: ["IPC_LOCK"] };

/** Cases of the rules on pods that ask for RDMA. */
export const RDMA_CASES: RuleCases = {
  "serving/memlock": {
    pass: { registered: asking(), subject: SUBJECT, verdict: "proved" },
    fail: { text: limited, registered: asking(), subject: SUBJECT, verdict: "violated" },
    boundary: { text: limited, registered: asking(locking), subject: SUBJECT, verdict: "proved" },
    "past the boundary": { text: limited, registered: asking(locking, "1", {}), subject: SUBJECT, verdict: "violated" },
    unknown: {
      text: labWith([STATED, "memlock: { value: unknown }"]),
      registered: asking(),
      subject: SUBJECT,
      verdict: "unproved",
    },
    nothing: { text: labWith([`    ${STATED}\n`, ""]), registered: asking(), subject: SUBJECT, verdict: "unproved" },
    empty: { subject: "site", verdict: "not-applicable" },
  },
  "network/rdma-offered": {
    pass: { registered: asking(), subject: SUBJECT, verdict: "proved" },
    fail: {
      registered: both(asking(), offering({ ...compute, resourceName: "storage" })),
      subject: SUBJECT,
      verdict: "violated",
    },
    boundary: { registered: asking({}, "63"), subject: SUBJECT, verdict: "proved" },
    "past the boundary": { registered: asking({}, "64"), subject: SUBJECT, verdict: "violated" },
    unknown: { registered: asking({}, UNKNOWN), subject: SUBJECT, verdict: "unproved" },
    nothing: { registered: both(asking(), without("NicClusterPolicy")), subject: SUBJECT, verdict: "unproved" },
    empty: { subject: "site", verdict: "not-applicable" },
  },
};
