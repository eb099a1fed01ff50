import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { fabricDot } from "../../cli/draw/fabric-dot.ts";
import { drawDot } from "../../cli/draw/graphviz.ts";
import { isTooLarge, sizeFabric } from "../../components/network/fabric/size.ts";
import { demands, dgxH100, sizeOf } from "../support/fabrics.ts";

property.prop([demands(60, [8, 12])])("where each pod is drawn, the cables of one part add up", (asked) => {
  const size = sizeFabric({ ...asked, ufm: false });
  fc.pre(!isTooLarge(size) && size.tiers.pods.length <= 5);
  const dot = fabricDot(size);
  const cables = [...dot.matchAll(/ -> .*\[label=" ([\d,]+)"\]/g)].map(([, count = ""]) =>
    Number(count.replaceAll(",", "")),
  );
  const all = size.nodeLeafCables + size.leafSpineCables + size.spineCoreCables;
  expect(cables.reduce((sum, each) => sum + each, 0) * size.domains).toBe(all);
});

describe("the picture", () => {
  test("of two tiers has one cluster, of three one a pod, of many a handful", () => {
    const clusters = (nodes: number) => fabricDot(sizeOf(dgxH100(nodes))).match(/subgraph/g)?.length;
    expect([128, 512, 2_048].map(clusters)).toEqual([1, 4, 5]);
    expect(fabricDot(sizeOf(dgxH100(2_048)))).toContain("11 pods more, alike");
  });

  test("is SVG with the figures of the sizing", async () => {
    const svg = await drawDot(fabricDot(sizeOf(dgxH100(512))));
    expect(svg.startsWith("<svg")).toBe(true);
    for (const text of ["64 cores", "32 spines", "32 leaves", "128 nodes", "units 13 to 16", "1,024"]) {
      expect(svg).toContain(`>${text === "1,024" ? " 1,024" : text}</text>`);
    }
  });
});
