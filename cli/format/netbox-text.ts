import type { NetBoxFile, PowerFeed } from "../../components/netbox/records.ts";
import { showWatts } from "../../components/quantity.ts";
import { inert } from "../../components/site/show-fault.ts";
import { summaryOf } from "../../policies/check.ts";
import type { Placed } from "../../policies/netbox/check.ts";
import type { Colours } from "../colours.ts";
import { openGroups } from "./finding-groups.ts";
import { findingText, verdictText } from "./finding-text.ts";
import { OPEN } from "./standing.ts";
import { drawTable } from "./table.ts";

/** What was read, and what the rules say of it. */
export interface NetBoxJudged {
  readonly files: readonly NetBoxFile[];
  readonly placed: readonly Placed[];
}

/** What was read, what each feed carries, what is open with its place, the verdict. */
export function netboxText({ files, placed }: NetBoxJudged, colours: Colours): string {
  const open = [...Map.groupBy(placed, ({ source }) => source)]
    .flatMap(([source, own]) => openGroups(own.map(({ finding }) => finding)).map((group) => ({ group, source })))
    .sort((left, right) => OPEN.indexOf(left.group.standing) - OPEN.indexOf(right.group.standing));
  const feeds = files.flatMap((file) => file.feeds);
  return [
    colours.bold(headOf(files)),
    ...(feeds.length === 0 ? [] : [feedTable(feeds)]),
    ...open.map(({ group, source }) => findingText(group, source, colours)),
    verdictText(summaryOf(placed.map(({ finding }) => finding)), open[0]?.group, colours),
  ].join("\n\n");
}

function headOf(files: readonly NetBoxFile[]): string {
  const count = (of: (file: NetBoxFile) => readonly unknown[], one: string): string => {
    const number = files.reduce((sum, file) => sum + of(file).length, 0);
    return `${number} ${one}${number === 1 ? "" : "s"}`;
  };
  return [
    count(() => [0], "file"),
    count(({ deviceTypes }) => deviceTypes, "device type"),
    count(({ panels }) => panels, "power panel"),
    count(({ feeds }) => feeds, "power feed"),
  ].join(" · ");
}

const feedTable = (feeds: readonly PowerFeed[]): string =>
  drawTable(
    ["feed", "panel", "rack", "type", ">rating", ">carries"],
    feeds.map((feed) => [
      inert(feed.name, 20),
      inert(feed.panel, 20),
      inert(feed.rack ?? "", 12),
      feed.role ?? "unknown",
      ratingOf(feed),
      showWatts(feed.available),
    ]),
  );

/** "3~ 415 V 60 A 80 %": three phases; "?" where a figure is not stated. */
function ratingOf({ phase, volts, amperes, maxUtilizationPercent }: PowerFeed): string {
  const phases = phase === "three-phase" ? "3~ " : "";
  const shown = (value: number | null, unit: string): string => `${value ?? "?"} ${unit}`;
  return `${phases}${shown(volts, "V")} ${shown(amperes, "A")} ${shown(maxUtilizationPercent, "%")}`;
}
