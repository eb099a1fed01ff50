import { showUsd, showWatts, type Watts } from "../components/quantity.ts";
import type { Amount, Input } from "./finding.ts";
import type { Judged } from "./verdict.ts";

export type Show = (value: Amount) => string;

export const inWatts: Show = (value) => showWatts(Number(value) as Watts);
export const inUsd: Show = (value) => showUsd(BigInt(value));
export const inSeconds: Show = (value) => `${Number(value).toLocaleString("en-US", { maximumFractionDigits: 1 })} s`;
export const inHours: Show = (value) =>
  `${(Number(value) / 3600).toLocaleString("en-US", { maximumFractionDigits: 1 })} h`;
const rounded = (value: Amount, digits: number): string =>
  Number(value).toLocaleString("en-US", { maximumFractionDigits: digits });
export const inFlow: Show = (value) => `${rounded(value, 1)} l/min`;
export const inWater: Show = (value) => `${rounded(Number(value) / 1_000, 3)} m3/d`;
export const inCelsius: Show = (value) => `${rounded(value, 2)} °C`;
export const inKelvin: Show = (value) => `${rounded(value, 2)} K`;
export const inMetres: Show = (value) => `${rounded(Number(value) / 1_000, 3)} m`;
export const inKilopascals: Show = (value) => `${rounded(Number(value) / 1_000, 3)} kPa`;
export const inGpus: Show = (value) =>
  `${Number(value).toLocaleString("en-US")} ${Number(value) === 1 ? "GPU" : "GPUs"}`;

/** What is needed and what is there, in words: "firm at the meter", "planned". */
interface Words {
  readonly need?: string;
  readonly have?: string;
}

/** "needs 212 MW firm at the meter, has 210 MW; short by 2 MW": need, have, short by. What is not known is no 0. */
export const needAndHave =
  ({ need = "", have = "" }: Words, show: Show) =>
  ({ computed, limit, margin }: Judged): string => {
    const known = computed?.known ?? 0;
    const isFloor = (computed?.missing.length ?? 0) > 0;
    const amount = isFloor && Number(known) === 0 ? "an unknown amount" : `${isFloor ? "at least " : ""}${show(known)}`;
    const needed = `needs ${amount} ${need}`.trimEnd();
    const had = limit === null ? "" : `, has ${show(limit)} ${have}`.trimEnd();
    const short = margin !== null && margin < 0 ? `; short by ${show(-margin as Amount)}` : "";
    return `${needed}${had}${short}`;
  };

/** Conditions by name: which do not hold, else which are not known, else that all hold. */
export const conditionMessage =
  (holds: string) =>
  (broken: readonly string[], open: readonly string[]): string => {
    if (broken.length > 0) return broken.join("; ");
    return open.length > 0 ? `not known: ${open.join("; ")}` : holds;
  };

/** The same of inputs that are conditions; `broken` puts into words what a false one means. */
export function inputsMessage(
  holds: string,
  inputs: readonly Input[],
  broken: (name: string) => string = (name) => `not so: ${name}`,
): string {
  const named = (value: boolean | null) => inputs.filter((input) => input.value === value).map(({ name }) => name);
  return conditionMessage(holds)(named(false).map(broken), named(null));
}
