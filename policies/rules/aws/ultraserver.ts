import { type RentedPool, rentedPools } from "../../aws.ts";
import { inputsMessage } from "../../message.ts";
import { condition, type Rule, type Subject } from "../../rule.ts";

const LEAST_MINOR = 33;
/** Instances of the two UltraServers that AWS rents: u-p6e-gb200x36 and u-p6e-gb200x72. */
const SIZES = [9, 18];

/** UltraServers are rented whole, by the block, on a cluster that knows their NVLink domains. */
export const ultraserver: Rule = {
  id: "aws/ultraserver",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim: "UltraServers come whole, from a Capacity Block, on Kubernetes 1.33 or later",
  why: "dynamic resource allocation, by which a gang gets an NVLink domain, is not there before; nothing else is sold",
  formula: "Kubernetes ≥ 1.33 ∧ reservation is a block ∧ instances of the block are 9s or 18s",
  source: "EKS user guide, P6e-GB200 UltraServers; Amazon EC2 user guide, UltraServers",
  inputs: "target.kubernetes, pools[].instances",
  pass: "all three hold",
  fail: "one does not",
  unproved: "never: the blueprint states all three",
  fix: "buy whole UltraServers in a block, and set target.kubernetes to 1.33 or later",
  manualCheck: "aws ec2 describe-capacity-blocks: UltraserverType; aws eks describe-cluster: version",
  notApplicable: "no pool rents UltraServers",
  subjects: ({ plan: { pools, target } }) =>
    target.kind === "aws"
      ? rentedPools(pools)
          .filter(({ instances }) => instances.onlyInUltraServers)
          .map((pool) => subject(pool, target.kubernetes))
      : [],
};

function subject(pool: RentedPool, kubernetes: string): Subject {
  const { reservation } = pool.instances;
  const at = `${pool.at}.instances`;
  const inputs = [
    condition(
      `Kubernetes ${kubernetes} knows NVLink domains`,
      Number(kubernetes.split(".")[1]) >= LEAST_MINOR,
      "target.kubernetes",
    ),
    condition("from a Capacity Block", reservation?.kind === "capacity-block", `${at}.reservation`),
    condition(
      `whole UltraServers (${reservation?.count ?? 0} instances)`,
      reservation !== null && SIZES.some((size) => reservation.count % size === 0),
      `${at}.reservation`,
    ),
  ];
  return {
    id: `pools.${pool.id}`,
    at,
    state: pool.state,
    claim: "all-of",
    unit: "",
    inputs,
    message: () =>
      `UltraServers of pool ${pool.id}: ${inputsMessage("whole, by the block, on a cluster that knows them", inputs)}`,
  };
}
