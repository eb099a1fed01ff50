import type { Reservation } from "../../../components/compute/schema.ts";
import { LAUNCH_TEMPLATE, ofPool, type RentedPool, runningPools } from "../../aws.ts";
import { inputsMessage } from "../../message.ts";
import { poolSubject } from "../../pool-subject.ts";
import { type RegisteredResource, read } from "../../registered.ts";
import { condition, type Rule, type Subject } from "../../rule.ts";

/** What is reserved is used, all of it, by the pool that it was reserved for. */
export const reservationUsed: Rule = {
  id: "aws/reservation-used",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim: "the nodes of a reserved pool are those of its reservation, and their launch template targets it",
  why: "a reservation that no template targets stays idle and is billed, and the nodes are billed beside it",
  formula: "nodes = instances of the reservation ∧ the launch template's reservation target is the reservation",
  source: "Amazon EC2 user guide, On-Demand Capacity Reservations; zalando kubernetes-on-aws#11623",
  inputs: "pools[].instances.count, pools[].instances.reservation, registered launch templates",
  pass: "as many nodes as are reserved, from the reservation",
  fail: "fewer or more nodes than are reserved, or a template that targets no reservation, or another one",
  unproved: "the launch template of the pool is not registered",
  fix: "make count and reservation.count the same, or release what is not needed",
  manualCheck: "aws ec2 describe-capacity-reservations: AvailableInstanceCount is 0 while the pool runs",
  notApplicable: "no running pool is reserved",
  subjects: ({ plan, resources }) =>
    runningPools(plan.pools).flatMap((pool) =>
      pool.instances.reservation === null ? [] : [subject(pool, pool.instances.reservation, resources)],
    ),
};

function subject(pool: RentedPool, reservation: Reservation, resources: readonly RegisteredResource[]): Subject {
  const { count } = pool.instances;
  const template = ofPool(resources, LAUNCH_TEMPLATE, pool);
  const at = `${pool.at}.instances`;
  const inputs = [
    condition(
      `no more nodes (${count}) than are reserved (${reservation.count})`,
      count <= reservation.count,
      `${at}.count`,
    ),
    condition(`none of the reserved instances stays idle`, reservation.count <= count, `${at}.reservation.count`),
    condition("the launch template targets the reservation", targets(template, reservation), template?.urn ?? at),
  ];
  return poolSubject(
    pool,
    `${at}.reservation`,
    inputs,
    () => `pool ${pool.id}: ${inputsMessage(`all ${count} reserved instances are used`, inputs)}`,
  );
}

/** One that this program makes has no id yet: that the template has a target is what can be known of it. */
function targets(template: RegisteredResource | undefined, { id }: Reservation): boolean | null {
  if (template === undefined) return null;
  const way = ["capacityReservationSpecification", "capacityReservationTarget"];
  const found = read(template.inputs, ...way, ...(id === undefined ? [] : ["capacityReservationId"]));
  if (!found.known) return null;
  return id === undefined ? typeof found.value === "object" && found.value !== null : found.value === id;
}
