import { parser } from "@prometheus-io/lezer-promql";
import { describe, expect, test } from "vitest";
import type { KubernetesObject } from "../../components/kubernetes.ts";
import { objectsOf } from "../../components/objects.ts";
import { labWith, opening, siteText } from "../support/sites.ts";

interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly for?: string;
}
const alertsOf = (text: string): readonly KubernetesObject[] => {
  const { plan, catalog } = opening(text);
  return objectsOf(plan, catalog)
    .map(({ object }) => object)
    .filter(({ kind }) => kind === "PrometheusRule");
};
function rulesOf(text: string): readonly Rule[] {
  const [object] = alertsOf(text);
  if (object === undefined) throw new Error("the site has no alerts");
  const { groups } = object.spec as { readonly groups: readonly { readonly rules: readonly Rule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}
const exprOf = (text: string, name: string): string | undefined =>
  rulesOf(text).find(({ alert, record }) => alert === name || record === name)?.expr;

/** Places where the text is no PromQL. */
function faultsIn(expression: string): readonly number[] {
  const faults: number[] = [];
  parser.parse(expression).iterate({
    enter: ({ type, from }) => {
      if (type.isError) faults.push(from);
    },
  });
  return faults;
}

const lab = siteText("lab");
const capped = labWith(
  ["system: gb300-nvl72", "system: dgx-h100"],
  [
    "powerBudget: 1136 kW # 8 racks × 142 kW",
    "powerBudget: 326 kW\n    powerCap: { perGpu: 500 W, enforcedBy: dynamo-power-agent }",
  ],
);

describe("rules on measured power", () => {
  test.each([...rulesOf(lab), ...rulesOf(capped)].map(({ record, alert, expr }) => [record ?? alert, expr]))(
    "%s is PromQL",
    (_, expr) => {
      expect(faultsIn(expr ?? "")).toEqual([]);
    },
  );

  test("a slip would be found", () => {
    expect(faultsIn("sum(up")).not.toEqual([]);
    expect(faultsIn('sum by (node (up{pool="a"})')).not.toEqual([]);
  });

  /** 142 kW over 72 GPUs is 1,973 W, of which the GPU takes 1,400 W at most. */
  test("the lab: GPUs as measured, 573 W of host for each, against 1,136 kW", () => {
    expect(exprOf(lab, "millrace:power_watts:sum")).toMatch(
      /^sum\(.*DCGM_FI_DEV_POWER_USAGE.*\) \+ 573 \* count\(.*\)$/,
    );
    expect(exprOf(lab, "MillracePowerAboveBudget")).toBe('millrace:power_watts:sum{site="lab",pool="gb300"} > 1136000');
  });

  test("fewer GPUs than are usable, or none at all: the power is not known, which is not 0", () => {
    expect(exprOf(lab, "MillracePowerDataMissing")).toBe(
      '(millrace:gpus_reporting:count{site="lab",pool="gb300"} < 512) or absent(millrace:gpus_reporting:count{site="lab",pool="gb300"})',
    );
  });

  test("a GPU above its cap only where a cap is set", () => {
    expect(exprOf(lab, "MillraceGpuAboveCap")).toBeUndefined();
    expect(exprOf(capped, "MillraceGpuAboveCap")).toMatch(/avg_over_time\(DCGM_FI_DEV_POWER_USAGE\[1m\]\).* > 500$/);
  });

  test("none for a pool that is held, and none where no Prometheus is named", () => {
    expect(alertsOf(labWith(["state: online", "state: burn-in"]))).toEqual([]);
    expect(alertsOf(lab.replace(/ {2}alerts:.*\n/, ""))).toEqual([]);
  });
});
