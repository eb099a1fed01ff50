import { type CapacityBlock, drainMinute, minutesOf } from "../../../components/aws/capacity-block.ts";
import { showMinute, startOf } from "../../../components/site/instant.ts";
import { hasReached } from "../../../components/site/phase-state.ts";
import { LAUNCH_TEMPLATE, NODE_GROUP, ofPool, type RentedPool, rentedPools } from "../../aws.ts";
import type { Input } from "../../finding.ts";
import { inputsMessage } from "../../message.ts";
import { poolSubject } from "../../pool-subject.ts";
import { type Read, type RegisteredResource, read } from "../../registered.ts";
import { type Context, condition, type Rule, type Subject } from "../../rule.ts";

const DAY_MIN = 1_440;
const END_OF_DAY_MIN = 11 * 60 + 30;
const MAX_DAYS = 182;
const MAX_AHEAD_DAYS = 56;
const MAX_INSTANCES = 64;

/** A Capacity Block is one that AWS sells, is not over, and outlasts the work. */
export const capacityBlock: Rule = {
  id: "aws/capacity-block",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: "energized",
  claim: "a Capacity Block is as AWS sells them, is not over, and its nodes are drained only after the work is done",
  why: "a block cannot be prolonged or cancelled: at 11:00 UTC of its last day the nodes go, whatever runs on them",
  formula:
    "until at 11:30 UTC; 1 d ≤ until − from < 183 d; from ≤ day of the check + 56 d; drain = until − 30 min (UltraServers 60 min) > day of the check; neededUntil ≤ drain; count ≤ 64; nodes ≤ count; template and node group ask for the block, with no node before it starts",
  source: "Amazon EC2 user guide, Capacity Blocks for ML; EKS user guide, managed node groups with Capacity Blocks",
  inputs: "pools[].instances.reservation, the day of the check, registered launch templates and node groups",
  pass: "all of it holds",
  fail: "one of it does not",
  unproved: "the launch template or the node group of the pool is not registered, or a value of it is not known",
  fix: "buy a block that outlasts the work, or end the work before the nodes are drained",
  manualCheck:
    "aws ec2 describe-capacity-reservations: StartDate, EndDate, TotalInstanceCount; compare with the blueprint",
  notApplicable: "no pool comes from a Capacity Block",
  subjects: (context) =>
    rentedPools(context.plan.pools).flatMap((pool) =>
      pool.instances.reservation?.kind === "capacity-block" ? [subject(pool, pool.instances.reservation, context)] : [],
    ),
};

function subject(pool: RentedPool, block: CapacityBlock, { plan, resources, today }: Context): Subject {
  const at = `${pool.at}.instances.reservation`;
  const drain = drainMinute(block, pool.instances.onlyInUltraServers);
  const inputs = [
    ...timeConditions(block, drain, today, at),
    ...countConditions(pool, block, at),
    ...(hasReached(pool.state, "energized") ? registered(pool, resources) : []),
  ];
  return poolSubject(
    pool,
    at,
    inputs,
    () =>
      `block ${block.id} of pool ${pool.id}, drained from ${showMinute(drain, plan.timeZone)}: ${inputsMessage("outlasts the work", inputs)}`,
  );
}

/** Times as AWS sells blocks, and as the work needs them: compared in UTC, so that no change of clocks moves them. */
export function timeConditions(block: CapacityBlock, drain: number, today: string, at: string): readonly Input[] {
  const { from, until, neededUntil } = minutesOf(block);
  const days = Math.floor((until - from) / DAY_MIN);
  return [
    condition("ends at 11:30 UTC", until % DAY_MIN === END_OF_DAY_MIN, `${at}.until`),
    condition(`lasts 1 to ${MAX_DAYS} days (${days})`, days >= 1 && days <= MAX_DAYS, `${at}.until`),
    condition(
      `starts at most 8 weeks after ${today}`,
      from < startOf(today) + (MAX_AHEAD_DAYS + 1) * DAY_MIN,
      `${at}.from`,
    ),
    condition(`its nodes are still there on ${today}`, drain > startOf(today), `${at}.until`),
    condition(
      `the work ends (${block.neededUntil}) before the nodes are drained`,
      neededUntil <= drain,
      `${at}.neededUntil`,
    ),
  ];
}

const countConditions = (
  { instances: { count, onlyInUltraServers } }: RentedPool,
  block: CapacityBlock,
  at: string,
) => [
  ...(onlyInUltraServers
    ? []
    : [
        condition(
          `at most ${MAX_INSTANCES} instances a block (${block.count})`,
          block.count <= MAX_INSTANCES,
          `${at}.count`,
        ),
      ]),
  condition(`its ${block.count} instances hold the ${count} nodes`, count <= block.count, `${at}.count`),
];

/** What the program registers of a pool whose nodes come; before, there is nothing to read. */
function registered(pool: RentedPool, resources: readonly RegisteredResource[]): readonly Input[] {
  const template = ofPool(resources, LAUNCH_TEMPLATE, pool);
  const group = ofPool(resources, NODE_GROUP, pool);
  const asks = (resource: RegisteredResource | undefined, path: readonly string[], value: unknown, name: string) =>
    condition(
      name,
      resource === undefined ? null : is(read(resource.inputs, ...path), value),
      resource?.urn ?? pool.at,
    );
  return [
    asks(template, ["instanceMarketOptions", "marketType"], "capacity-block", "the launch template asks for a block"),
    asks(group, ["capacityType"], "CAPACITY_BLOCK", "the node group asks for a block"),
    asks(group, ["scalingConfig", "desiredSize"], 0, "the node group starts without nodes"),
  ];
}

const is = (found: Read, value: unknown): boolean | null => (found.known ? found.value === value : null);
