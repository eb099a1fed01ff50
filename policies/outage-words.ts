import type { OutageState } from "../components/power/power-types.ts";

const MAX_NAMED = 3;

/** " with rpp-2 out", " with ups-1 in maintenance and ups-2 out", or nothing in the normal state. */
export function inState({ out, cause, why }: OutageState): string {
  const [first = "", second = ""] = out;
  switch (cause) {
    case "normal":
      return "";
    case "maintenance":
      return ` with ${first} in maintenance and ${second} out`;
    case "single":
      return ` with ${named(out)} out`;
    case "stated":
      return ` with ${named(out)} out (${why})`;
  }
}

const named = (ids: readonly string[]): string =>
  ids.length <= MAX_NAMED
    ? ids.join(" and ")
    : `${ids.slice(0, MAX_NAMED).join(", ")} and ${ids.length - MAX_NAMED} more`;

export const ofRacks = (count: number): string => `${count.toLocaleString("en-US")} ${count === 1 ? "rack" : "racks"}`;
