import type { Catalog } from "../../../components/catalog/catalog.ts";
import { ultraServersOf } from "../../../components/compute/ultra-server.ts";
import { type RentedPool, rentedPools } from "../../aws.ts";
import { inputsMessage } from "../../message.ts";
import { poolSubject } from "../../pool-subject.ts";
import { condition, type Rule, type Subject } from "../../rule.ts";

const LEAST_MINOR = 33;

/** UltraServers are rented whole, by the block, on a cluster that knows their NVLink domains. */
export const ultraserver: Rule = {
  id: "aws/ultraserver",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim: "UltraServers come whole, from a Capacity Block, on Kubernetes 1.33 or later",
  why: "dynamic resource allocation, by which a gang gets an NVLink domain, is not there before; nothing else is sold",
  formula:
    "Kubernetes ≥ 1.33 ∧ reservation is a block ∧ the UltraServer is one of the instance ∧ instances of the block are a multiple of the UltraServer's (9 or 18 of p6e-gb200.36xlarge)",
  source: "EKS user guide, P6e-GB200 UltraServers; Amazon EC2 user guide, UltraServers",
  inputs: "target.kubernetes, pools[].instances; catalog: UltraServers",
  pass: "all hold",
  fail: "one does not",
  unproved: "how many instances the UltraServer has is not known",
  fix: "buy whole UltraServers in a block, and set target.kubernetes to 1.33 or later",
  manualCheck: "aws ec2 describe-capacity-blocks: UltraserverType; aws eks describe-cluster: version",
  notApplicable: "no pool rents UltraServers",
  subjects: ({ plan: { pools, target }, catalog }) =>
    target.kind === "aws"
      ? rentedPools(pools)
          .filter(({ instances }) => instances.onlyInUltraServers || instances.ultraServer !== null)
          .map((pool) => subject(pool, target.kubernetes, catalog))
      : [],
};

function subject(pool: RentedPool, kubernetes: string, catalog: Catalog): Subject {
  const { reservation, ultraServer } = pool.instances;
  const offered = ultraServersOf(pool.system, catalog);
  const at = `${pool.at}.instances`;
  const inputs = [
    condition(
      `Kubernetes ${kubernetes} knows NVLink domains`,
      Number(kubernetes.split(".")[1]) >= LEAST_MINOR,
      "target.kubernetes",
    ),
    condition("from a Capacity Block", reservation?.kind === "capacity-block", `${at}.reservation`),
    ...(ultraServer === null
      ? []
      : [
          condition(
            `${pool.system} comes in ${ultraServer.id}`,
            offered.some(({ id }) => id === ultraServer.id),
            `${at}.ultraServer`,
          ),
        ]),
    condition(
      `whole UltraServers (${reservation?.count ?? 0} instances)`,
      isWhole(
        reservation?.count ?? null,
        ultraServer === null ? offered.map(({ instances }) => instances.value) : [ultraServer.instances],
      ),
      `${at}.reservation`,
    ),
  ];
  return poolSubject(
    pool,
    at,
    inputs,
    () =>
      `UltraServers of pool ${pool.id}: ${inputsMessage("whole, by the block, on a cluster that knows them", inputs)}`,
  );
}

/** A multiple of one of the sizes. */
function isWhole(count: number | null, sizes: readonly (number | null)[]): boolean | null {
  if (count === null) return false;
  const each = sizes.map((size) => (size === null ? null : count % size === 0));
  return each.includes(true) ? true : each.includes(null) ? null : false;
}
