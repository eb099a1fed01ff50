import { minutesOf } from "../../../components/aws/capacity-block.ts";
import { rentedPools } from "../../aws.ts";
import { limitTerm, needTerm, type Rule } from "../../rule.ts";

const MAX_TOTAL = 256;

/** Capacity Blocks of an account hold so many instances at a time, and no more. */
export const blockTotal: Rule = {
  id: "aws/block-total",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: "energized",
  claim: "instances of Capacity Blocks that run at the same time ≤ 256",
  why: "AWS sells no more to an organisation for one day",
  formula: "at every start of a block: Σ count over the blocks that run then ≤ 256",
  source: "Amazon EC2 user guide, Capacity Blocks for ML: 64 instances a block, 256 across blocks",
  inputs: "pools[].instances.reservation of kind capacity-block: from, until, count",
  pass: "no moment needs more",
  fail: "the blocks of some moment hold more",
  unproved: "never: every block states its times and its count",
  fix: "move a block to another time, or take an On-Demand Capacity Reservation for part of it",
  manualCheck: "add up the instances of the blocks that overlap",
  notApplicable: "no pool comes from a Capacity Block",
  subjects: ({ plan }) => {
    const blocks = rentedPools(plan.pools).flatMap(({ at, id, state, instances: { reservation } }) =>
      reservation?.kind === "capacity-block" ? [{ at, id, state, block: reservation, ...minutesOf(reservation) }] : [],
    );
    return blocks.map(({ id, at, state, from }) => ({
      id: `pools.${id}`,
      at: `${at}.instances.reservation.count`,
      state,
      claim: "at-most",
      unit: "instance",
      inputs: [
        ...blocks
          .filter((other) => other.from <= from && from < other.until)
          .map((other) =>
            needTerm("instance", {
              name: `block of ${other.id}`,
              value: other.block.count,
              from: `${other.at}.instances.reservation.count`,
            }),
          ),
        limitTerm("instance", {
          name: "of an organisation",
          value: MAX_TOTAL,
          from: `${at}.instances.reservation.count`,
        }),
      ],
      message: ({ computed, limit }) =>
        `when the block of ${id} starts, blocks hold ${computed?.known} instances; AWS sells ${limit}`,
    }));
  },
};
