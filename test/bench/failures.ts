// How long a campus of 5,600 racks and one of ten times as many take: plan, every single outage, all rules.

import { check } from "../../policies/check.ts";
import { contextOf } from "../support/context.ts";
import { opening, siteText } from "../support/sites.ts";

const RUNS = 7;
const campus = siteText("independence-mo");
const tenfold = campus
  .replace("id: b{1..10}", "id: b{1..100}")
  .replace('["b{3..10}"]', '["b{3..100}"]')
  .replace("    buildings: 12\n", "    buildings: 120\n")
  .replaceAll("spareRacks: 134", "spareRacks: 1340");

const medians = [campus, tenfold].map((text) => {
  const times = Array.from({ length: RUNS }, () => timed(text)).toSorted((left, right) => left - right);
  const { plan } = opening(text, "independence-mo");
  const racks = plan.phases.reduce((sum, phase) => sum + phase.racks, 0);
  const median = times[Math.floor(RUNS / 2)] ?? 0;
  console.log(
    `${racks.toLocaleString("en-US").padStart(7)} racks, ${plan.failures?.states.single.toLocaleString("en-US")} outages in each of ${plan.failures?.steps.length} steps: ` +
      `median ${median.toFixed(0)} ms, fastest ${times[0]?.toFixed(0)} ms`,
  );
  return median;
});
console.log(`ratio ${((medians[1] ?? 0) / (medians[0] ?? 1)).toFixed(1)} for ten times the racks`);
console.log(`most memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`);

function timed(text: string): number {
  const start = performance.now();
  check(contextOf({ text }));
  return performance.now() - start;
}
