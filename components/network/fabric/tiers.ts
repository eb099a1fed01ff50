import { divisors, evenStripe, greatestCommonDivisor } from "./stripe.ts";

/** Leaves of one plane (of one rail, where rails have spines of their own) and the switches above them. */
export interface Tiers {
  readonly tiers: 1 | 2 | 3;
  readonly leaves: number;
  /** Groups of leaves with spines of their own: 1 but in three tiers. */
  readonly pods: readonly Pod[];
  readonly core: Core | null;
}

interface Pod {
  readonly leaves: number;
  readonly spines: number;
  /** Cables from each spine to the core. */
  readonly uplinks: number;
}

/** Cores in groups; spine s of a pod goes to group s mod `groups`, with the same number of cables to each of its cores. */
export interface Core {
  readonly groups: number;
  readonly coresPerGroup: number;
}

/**
 * Two tiers while each leaf can have a cable to each spine (endpoints ≤ R²/2 at 1:1), else three, up to R pods of R/2
 * leaves (R³/4 endpoints at 1:1). Each tier stripes evenly over the next. Null where three tiers do not suffice.
 */
export function planTiers(leaves: number, uplinks: number, radix: number): Tiers | null {
  if (leaves === 1) return { tiers: 1, leaves, pods: [{ leaves, spines: 0, uplinks: 0 }], core: null };
  if (leaves <= radix) {
    const spines = evenStripe(uplinks, Math.ceil((leaves * uplinks) / radix));
    return spines === null ? null : { tiers: 2, leaves, pods: [{ leaves, spines, uplinks: 0 }], core: null };
  }
  return threeTiers(leaves, uplinks, radix);
}

function threeTiers(leaves: number, uplinks: number, radix: number): Tiers | null {
  const half = Math.floor(radix / 2);
  const whole: Pod = { leaves: half, spines: uplinks, uplinks: half };
  const full = Math.floor(leaves / half);
  const rest = leaves % half;
  if (full + (rest > 0 ? 1 : 0) > radix) return null;
  for (const last of rest === 0 ? [null] : lastPods(rest, uplinks, half)) {
    const core = planCore(whole, full, last, radix);
    if (core !== null) {
      const pods = [...Array<Pod>(full).fill(whole), ...(last === null ? [] : [last])];
      return { tiers: 3, leaves, pods, core };
    }
  }
  return null;
}

/** A pod that is not full, from the fewest spines on; where none of them stripes over the core, it is built whole above its leaves. */
const lastPods = (leaves: number, uplinks: number, half: number): readonly Pod[] => [
  ...divisors(uplinks)
    .filter((spines) => spines * half >= leaves * uplinks)
    .map((spines) => ({ leaves, spines, uplinks: (leaves * uplinks) / spines })),
  { leaves, spines: uplinks, uplinks: half },
];

/** The fewest cores over which the spines of every pod stripe evenly: cables ÷ radix at least. */
function planCore(whole: Pod, full: number, last: Pod | null, radix: number): Core | null {
  const cables = full * whole.spines * whole.uplinks + (last === null ? 0 : last.spines * last.uplinks);
  const groups = divisors(last === null ? whole.spines : greatestCommonDivisor(whole.spines, last.spines));
  const shares = divisors(last === null ? whole.uplinks : greatestCommonDivisor(whole.uplinks, last.uplinks));
  const fits = groups
    .flatMap((count) => shares.map((coresPerGroup) => ({ groups: count, coresPerGroup })))
    .filter((core) => core.groups * core.coresPerGroup * radix >= cables)
    .sort((left, right) => coresOf(left) - coresOf(right) || right.groups - left.groups);
  return fits[0] ?? null;
}

export const coresOf = ({ groups, coresPerGroup }: Core): number => groups * coresPerGroup;
