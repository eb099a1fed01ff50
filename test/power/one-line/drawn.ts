import { type OneLine, type OneLineNode, oneLine } from "../../../components/power/one-line/graph.ts";

export type Draft = Partial<Omit<OneLineNode, "element">> & { readonly element?: Partial<OneLineNode["element"]> };

/** A node for tests: an RPP of 500 kW in building b1 that draws nothing, with parts of it replaced. */
export const drafted = (id: string, { element, ...parts }: Draft = {}): OneLineNode => ({
  id,
  building: "b1",
  phase: "p",
  load: 0,
  diversity: 1,
  feeds: [],
  reserves: [],
  ...parts,
  element: {
    kind: "rpp",
    level: "rpp",
    rated: 500_000,
    usable: 500_000,
    gain: 1,
    maintainable: false,
    allNeeded: false,
    canFail: true,
    at: id,
    ...element,
  },
});

export const RACK = { kind: "rack", level: "rack", canFail: false, usable: Number.POSITIVE_INFINITY } as const;

export const loadsOf = (line: OneLine) => ({
  watts: Float64Array.from(line.nodes, ({ load }) => load ?? 0),
  draws: Uint8Array.from(line.nodes, ({ load }) => (load === 0 ? 0 : 1)),
});

export { oneLine };
