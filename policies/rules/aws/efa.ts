import { LAUNCH_TEMPLATE, ofPool, type RentedPool, runningPools } from "../../aws.ts";
import { inputsMessage } from "../../message.ts";
import { poolSubject } from "../../pool-subject.ts";
import { type RegisteredResource, readCount, readList, readText, UNKNOWN } from "../../registered.ts";
import { condition, type Rule, type Subject } from "../../rule.ts";

/** A node has all the EFA devices of its instance, each on a network card of its own. */
export const efa: Rule = {
  id: "aws/efa",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim: "the launch template has as many EFA devices as the instance, one a card, and an ENA interface first",
  why: "a node with fewer devices than its neighbours splits the fabric; a primary interface that is EFA only cannot be reached",
  formula:
    "EFA devices of the template = EFA devices of the instance ∧ each card once ∧ card 0 device 0 is an ENA interface",
  source: "Amazon EC2 user guide, EFA on instances with several network cards; catalog: instances",
  inputs: "EFA devices of the instance, network interfaces of the registered launch template",
  pass: "the template has exactly the layout of the instance",
  fail: "a device is missing, too many, or two stand on one card",
  unproved:
    "the catalog does not know the layout of the instance, so that no node is made, or the template is not known",
  fix: "choose an instance whose layout is known, or let the program write the launch template",
  manualCheck: "aws ec2 describe-instance-types: NetworkInfo.EfaInfo.MaximumEfaInterfaces; fi_info -p efa on a node",
  notApplicable: "no running pool rents instances",
  subjects: ({ plan, resources }) => runningPools(plan.pools).map((pool) => subject(pool, resources)),
};

function subject(pool: RentedPool, resources: readonly RegisteredResource[]): Subject {
  const { efaDevices, efaOnFirstCard } = pool.instances;
  const known = efaDevices !== null && efaOnFirstCard !== null;
  const template = ofPool(resources, LAUNCH_TEMPLATE, pool);
  const cards = template === undefined ? null : cardsOf(template);
  const from = template?.urn ?? `${pool.at}.instances.type`;
  const inputs = [
    condition(
      `the layout of ${pool.system} is known`,
      known ? true : null,
      `catalog:instances/${pool.system}/efaDevices`,
    ),
    condition(
      `${efaDevices ?? "unknown"} EFA devices`,
      efaDevices === null || cards === null ? null : cards.efa.length === efaDevices,
      from,
    ),
    condition(
      "each EFA device on a card of its own",
      cards === null ? null : new Set(cards.efa).size === cards.efa.length,
      from,
    ),
    condition("an ENA interface first", cards === null ? null : cards.hasPrimary, from),
  ];
  return poolSubject(
    pool,
    `${pool.at}.instances.type`,
    inputs,
    () => `${pool.system} of pool ${pool.id}: ${inputsMessage(`${efaDevices} EFA devices, one a card`, inputs)}`,
  );
}

interface Cards {
  /** Card of each EFA device. */
  readonly efa: readonly number[];
  readonly hasPrimary: boolean;
}

/** Null where a part of the template's interfaces is not known. */
function cardsOf({ inputs }: RegisteredResource): Cards | null {
  const interfaces = readList(inputs, "networkInterfaces");
  if (interfaces === UNKNOWN) return null;
  const read = interfaces.map((each) => ({
    card: readCount(each, ["networkCardIndex"], 0),
    device: readCount(each, ["deviceIndex"], 0),
    type: readText(each, "interfaceType"),
  }));
  if (read.some(({ card, device, type }) => card === null || device === null || type === UNKNOWN)) return null;
  return {
    efa: read.flatMap(({ card, type }) => (card !== null && (type === "efa" || type === "efa-only") ? [card] : [])),
    hasPrimary: read.some(
      ({ card, device, type }) =>
        card === 0 && device === 0 && (type === "interface" || type === "efa" || type === null),
    ),
  };
}
