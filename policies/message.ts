import { showUsd, showWatts, type Watts } from "../components/quantity.ts";
import type { Amount } from "./finding.ts";
import type { Judged } from "./verdict.ts";

type Show = (value: Amount) => string;

export const inWatts: Show = (value) => showWatts(Number(value) as Watts);
export const inUsd: Show = (value) => showUsd(BigInt(value));
export const inGpus: Show = (value) => `${Number(value).toLocaleString("en-US")} GPUs`;
export const inDays: Show = (value) => `${Number(value)} days`;

/** "needs 212 MW firm at the meter, has 210 MW; short by 2 MW": need, have, short by, or what is not known. */
export const needAndHave =
  (what: string, show: Show) =>
  ({ computed, limit, margin }: Judged): string => {
    const missing = computed?.missing.length ?? 0;
    const need = `needs ${missing > 0 ? "at least " : ""}${show(computed?.known ?? 0)} ${what}`.trimEnd();
    const have = limit === null ? "what there is, is not known" : `has ${show(limit)}`;
    const short = margin !== null && margin < 0 ? `; short by ${show(-margin as Amount)}` : "";
    const open =
      missing > 0 && short === "" ? `; ${missing === 1 ? "one input is" : `${missing} inputs are`} not known` : "";
    return `${need}, ${have}${short}${open}`;
  };

/** Conditions by name: which fail, else which are not known, else that all hold. */
export const conditionMessage =
  (holds: string) =>
  (broken: readonly string[], open: readonly string[]): string => {
    if (broken.length > 0) return broken.join("; ");
    return open.length > 0 ? `not known: ${open.join("; ")}` : holds;
  };

/** Blueprint paths and facts that a finding waits for. */
export const waitsFor = ({ computed }: Judged): string =>
  computed === null || computed.missing.length === 0 ? "" : ` (${computed.missing.join(", ")})`;
