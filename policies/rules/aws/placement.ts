import { LAUNCH_TEMPLATE, ofPool, runningPools } from "../../aws.ts";
import { inputsMessage } from "../../message.ts";
import { poolSubject } from "../../pool-subject.ts";
import { type Read, read } from "../../registered.ts";
import { condition, type Rule } from "../../rule.ts";

/** A reservation is placed already: its nodes are forced into no placement group. */
export const placement: Rule = {
  id: "aws/placement",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim: "nodes of a reservation are not forced into a placement group",
  why: "the instances that were reserved stand outside the group: part of them cannot be had (11 of 16 came)",
  formula: "the launch template of a reserved pool names no placement group",
  source: "eksctl#7949, terraform-aws-eks#3730; Amazon EC2 user guide: a Capacity Block needs no placement group",
  inputs: "pools[].instances.reservation, registered launch templates",
  pass: "no group is named",
  fail: "a group is named",
  unproved: "the launch template is not registered, or its placement is not known",
  fix: "take the placement group out of the launch template",
  manualCheck: "aws ec2 describe-launch-template-versions: Placement.GroupName is absent",
  notApplicable: "no running pool is reserved",
  subjects: ({ plan, resources }) =>
    runningPools(plan.pools)
      .filter(({ instances }) => instances.reservation !== null)
      .map((pool) => {
        const template = ofPool(resources, LAUNCH_TEMPLATE, pool);
        const inputs = [
          condition(
            "no placement group",
            template === undefined
              ? null
              : free([read(template.inputs, "placement", "groupName"), read(template.inputs, "placement", "groupId")]),
            template?.urn ?? pool.at,
          ),
        ];
        return poolSubject(
          pool,
          `${pool.at}.instances.reservation`,
          inputs,
          () => `reserved pool ${pool.id}: ${inputsMessage("is forced into no group", inputs)}`,
        );
      }),
};

function free(names: readonly Read[]): boolean | null {
  if (names.some((found) => found.known && found.value !== undefined && found.value !== null)) return false;
  return names.every((found) => found.known) ? true : null;
}
