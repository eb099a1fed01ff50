import type { Comparison, Figure, Gate, Limit, Measure, Study } from "./gate.ts";

type Parts = readonly (readonly [name: string, text: string])[];

/** How a limit reads in front of its figure. */
export const COMPARISON_WORDS: Readonly<Record<Comparison, string>> = {
  atLeast: "at least",
  atMost: "at most",
  below: "below",
};

/** The parts of a gate's page, in the order in which they are read. */
export const gateParts = ({ proves, neededFrom, after, of, shared, measures, source }: Gate): Parts => [
  ["proves", proves],
  ["needed from", neededFrom],
  ...named("after", after),
  ...(of === "every site" ? [] : [["of", `sites with ${of} of their own`] as const]),
  ...(shared ? [["shared", "one document may stand for several phases"] as const] : []),
  ...measures.map((measure) => [measure.id, measureText(measure)] as const),
  ["source", source],
];

export const studyParts = ({ proves, neededFrom, parts, source }: Study): Parts => [
  ["proves", proves],
  ["needed from", neededFrom],
  ["made for", parts.join(", ")],
  ["source", source],
];

const named = (name: string, ids: readonly string[]): Parts => (ids.length === 0 ? [] : [[name, ids.join(", ")]]);

/** "pH of the coolant: at least 8, at most 10.5". */
function measureText({ what, limits, published }: Measure): string {
  const others = published.size === 0 ? "" : `; published: ${each(published)}`;
  return `${what}: ${limits.map(limitText).join(", ")}${others}`;
}

function limitText({ comparison, all, each: own }: Limit): string {
  const figures = all?.written ?? (own.size === 0 ? "what is agreed" : `${each(own)}, else what is agreed`);
  return `${COMPARISON_WORDS[comparison]} ${figures}`;
}

const each = (figures: ReadonlyMap<string, Figure>): string =>
  [...figures].map(([of, { written }]) => `${written} (${of})`).join(", ");

/** All gates and studies as one Markdown document. */
export function gatesPage(gates: readonly Gate[], studies: readonly Study[]): string {
  return [
    "# Gates and studies",
    "Made from the catalog: edit `components/catalog/gates.yaml` and `studies.yaml`, not this page. A phase needs the documents of the gates, in their order, from the state that each names on; an agreed limit may be stricter than one that stands here, never weaker.",
    ...gates.map((gate) => section(gate.id, gateParts(gate))),
    ...studies.map((study) => section(study.id, studyParts(study))),
    "",
  ].join("\n\n");
}

const section = (id: string, parts: Parts): string =>
  [`## ${id}`, "", ...parts.map(([name, text]) => `- **${name}**: ${text}`)].join("\n");
