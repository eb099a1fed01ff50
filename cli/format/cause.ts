import type { OutageState } from "../../components/power/power-types.ts";

const CAUSES: Readonly<Record<OutageState["cause"], string>> = {
  normal: "nothing out",
  single: "one out",
  maintenance: "one out, one in maintenance",
  stated: "stated outage",
};

/** In what kind of state, in few words. */
export const causeOf = ({ cause }: OutageState): string => CAUSES[cause];
