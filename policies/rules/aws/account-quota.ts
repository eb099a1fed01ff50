import type { AwsTarget } from "../../../components/aws/schema.ts";
import { type RentedPool, runningPools } from "../../aws.ts";
import { needAndHave, type Show } from "../../message.ts";
import { limitTerm, needTerm, type Rule, type Subject } from "../../rule.ts";

const inVcpus: Show = (value) => `${Number(value).toLocaleString("en-US")} vCPUs`;

/** What runs on demand, reserved or not, and on spot fits the account's quotas. */
export const accountQuota: Rule = {
  id: "aws/account-quota",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: "energized",
  claim: "vCPUs of the pools ≤ the account's quota for their family, on demand and spot apart",
  why: "instances above the quota do not start, reserved or not, and a rise takes days",
  formula: "Σ instances paid for × vCPUs of one ≤ quota, for each family on demand, and each on spot",
  source: "AWS Service Quotas, Amazon EC2: running on-demand and spot requests by family; blocks do not count",
  inputs: "pools[].instances, vCPUs of the catalog, target.quotas with the day on which each was looked up",
  pass: "the pools need at most the quota",
  fail: "the pools that are known need more",
  unproved:
    "the quota is not stated, is unknown, or was looked up after the day of the check, or the vCPUs of an instance are unknown",
  fix: "look the quota up in Service Quotas and enter it with its day, or have it raised",
  manualCheck: "aws service-quotas list-service-quotas --service-code ec2, against instances × vCPUs",
  notApplicable: "no running pool counts against a quota",
  subjects: ({ plan: { pools, target }, today }) => {
    if (target.kind !== "aws") return [];
    const counted = runningPools(pools).filter(({ instances }) => instances.reservation?.kind !== "capacity-block");
    return [...Map.groupBy(counted, quotaOf)].map(([of, own]) => subject(of, own, target, today));
  },
};

const quotaOf = ({ capacity, instances: { family } }: RentedPool): string =>
  `${capacity === "spot" ? "spot" : "on-demand"} ${family}`;

function subject(of: string, pools: readonly RentedPool[], { quotas }: AwsTarget, today: string): Subject {
  const index = quotas.findIndex((quota) => quota.of === of);
  const quota = quotas[index];
  const seen = quota === undefined || quota.seen > today ? null : quota.vcpus.value;
  const at = quota === undefined ? "target.quotas" : `target.quotas[${index}].vcpus`;
  return {
    id: `quotas.${of.replace(" ", "-")}`,
    at,
    state: pools[0]?.state ?? null,
    claim: "at-most",
    unit: "vCPU",
    inputs: [
      ...pools.map(({ id, at: pool, instances: { vcpus, billed } }) =>
        needTerm("vCPU", {
          name: `instances of ${id}`,
          value: vcpus === null ? null : vcpus * billed,
          from: `${pool}.instances.count`,
        }),
      ),
      limitTerm("vCPU", {
        name: `quota ${of}${quota === undefined ? "" : ` of ${quota.seen}`}`,
        value: seen,
        from: at,
      }),
    ],
    message: (judged) =>
      `${of}: ${needAndHave({ have: `by the quota${quota === undefined ? "" : ` of ${quota.seen}`}` }, inVcpus)(judged)}`,
  };
}
