import type { Fault } from "../fault.ts";
import { minuteOf } from "../instant.ts";
import { didYouMean } from "../nearest.ts";
import { type Found, type FoundText, select, selectTexts } from "../select.ts";
import { targetOf } from "./target.ts";

/** What a cloud can rent: capacity and reservation agree, zones are the target's, times and addresses exist. */
export function instanceFaults(root: unknown): readonly Fault[] {
  if (targetOf(root) !== "aws") return [];
  const zones = selectTexts(root, "target.zones[]");
  const names = zones.found.map(({ value }) => value);
  return [
    ...zones.found.flatMap((zone) => foreignZone(zone, root)),
    ...select(root, "pools[]").found.flatMap((pool) => [
      ...capacityFaults(pool),
      ...spareFaults(pool),
      ...(zones.complete ? unknownZone(pool, names) : []),
      ...instantFaults(pool),
    ]),
    ...selectTexts(root, "target.network").found.flatMap(networkFaults),
  ];
}

function foreignZone({ value, path }: FoundText, root: unknown): readonly Fault[] {
  const region = select(root, "target.region").found[0]?.value;
  if (typeof region !== "string" || value.startsWith(region)) return [];
  const allowed = `a zone of ${region}`;
  return [{ path, problem: "zone of another region", got: value, allowed, fix: `name it as in ${region}a` }];
}

/** Reserved nodes come from a reservation, others from none; racks of one's own stand in no cloud. */
function capacityFaults({ value, path }: Found): readonly Fault[] {
  const capacity = select(value, "capacity").found[0]?.value;
  const reservation = select(value, "instances.reservation").found[0];
  const instances = select(value, "instances").found[0];
  if (instances === undefined || typeof instances.value !== "object" || instances.value === null) return [];
  if (capacity === "owned") {
    const fix = "say how they are rented";
    return [
      {
        path: `${path}.capacity`,
        problem: "instances are not owned",
        got: capacity,
        allowed: "reserved, on-demand, spot",
        fix,
      },
    ];
  }
  if (capacity === "reserved" && reservation === undefined) {
    return [
      {
        path: `${path}.instances.reservation`,
        atKey: true,
        problem: "missing key reservation",
        got: "nothing",
        allowed: "the reservation that the nodes come from",
        fix: "name the Capacity Block or On-Demand Capacity Reservation, or take capacity: on-demand",
      },
    ];
  }
  if ((capacity === "on-demand" || capacity === "spot") && reservation !== undefined) {
    return [
      {
        path: `${path}.instances.reservation`,
        atKey: true,
        problem: `${capacity} nodes come from no reservation`,
        got: "reservation",
        allowed: "a reservation with capacity: reserved alone",
        fix: "delete it, or set capacity: reserved",
      },
    ];
  }
  return [];
}

function spareFaults({ value, path }: Found): readonly Fault[] {
  const count = select(value, "instances.count").found[0]?.value;
  const spare = select(value, "instances.spare").found[0]?.value;
  const warm = select(value, "warmNodes").found[0]?.value ?? 0;
  if (typeof count !== "number" || typeof spare !== "number" || typeof warm !== "number") return [];
  const fix = "keep at least one node in service";
  if (spare < count) {
    const allowed = `fewer than the ${count - spare} nodes in service`;
    return warm < count - spare
      ? []
      : [{ path: `${path}.warmNodes`, problem: "no node left for the queue", got: String(warm), allowed, fix }];
  }
  return [
    {
      path: `${path}.instances.spare`,
      problem: "no node left in service",
      got: String(spare),
      allowed: `fewer than the ${count} nodes`,
      fix,
    },
  ];
}

const unknownZone = ({ value, path }: Found, zones: readonly string[]): readonly Fault[] =>
  selectTexts(value, "instances.zone")
    .found.filter((zone) => !zones.includes(zone.value))
    .map((zone) => ({
      path: `${path}.instances.zone`,
      problem: "unknown zone",
      got: zone.value,
      allowed: zones.join(", "),
      fix: didYouMean(zone.value, zones, "name a zone of the target"),
    }));

const TIMES = ["from", "until", "neededUntil"];

/** Times that exist, in their order: the block starts before it ends. */
function instantFaults({ value, path }: Found): readonly Fault[] {
  const times = TIMES.flatMap((key) =>
    selectTexts(value, `instances.reservation.${key}`).found.map((found) => ({
      key,
      got: found.value,
      at: `${path}.${found.path}`,
      minute: minuteOf(found.value),
    })),
  );
  const wrong = times
    .filter(({ got, minute }) => minute === null && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})$/.test(got))
    .map(({ at, got }) => ({
      path: at,
      problem: "not an instant",
      got,
      allowed: "a day that the calendar has and a time that the clock has",
      fix: "write it as in 2026-12-01T11:30Z",
    }));
  const from = times.find(({ key }) => key === "from");
  const until = times.find(({ key }) => key === "until");
  const order =
    from?.minute != null && until?.minute != null && until.minute <= from.minute
      ? [
          {
            path: until.at,
            problem: "ends before it starts",
            got: until.got,
            allowed: `after ${from.got}`,
            fix: "swap the two, or mend one",
          },
        ]
      : [];
  return [...wrong, ...order];
}

/** A network of /16 to /20 without host bits: its sixteenths are subnets that a VPC can have. */
function networkFaults({ value, path }: FoundText): readonly Fault[] {
  const [, a, b, c, d, length] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(value) ?? [];
  if (length === undefined) return [];
  const octets = [a, b, c, d].map(Number);
  const bits = Number(length);
  const address = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const whole = bits >= 16 && bits <= 20 && octets.every((octet) => octet <= 255) && address % 2 ** (32 - bits) === 0;
  const fix = "write the first address of the network, and a length of 16 to 20";
  return whole
    ? []
    : [
        {
          path,
          problem: "not a network for a VPC",
          got: value,
          allowed: "a network of /16 to /20, as in 10.40.0.0/16",
          fix,
        },
      ];
}
