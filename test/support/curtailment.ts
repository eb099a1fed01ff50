import { labWith } from "./sites.ts";

const IDLE = "{ value: 300 W, source: test LAB-CT-001 }";

/** What the lab can do when it is called: 256 GPUs of one endpoint, then 224 of the other. */
export const SHED = [
  `{ pool: gb300, endpoint: llama-70b, action: suspend, enforcedBy: kueue, perGpu: ${IDLE}, within: { value: 20 s, source: test LAB-CT-001 } }`,
  `{ pool: gb300, endpoint: deepseek-r1, action: suspend, enforcedBy: kueue, perGpu: ${IDLE}, within: { value: 25 s, source: test LAB-CT-001 }, longest: 4 h }`,
] as const;

export const CALL =
  "{ id: call, reduction: { value: 30 %, source: SA-12 }, within: { value: 30 s, source: SA-12 }, duration: { value: 3 h, source: SA-12 } }";

/** The lab with an agreement to draw less; more pieces of its text replaced. */
export const curtailedLab = (
  agreement: string = CALL,
  shed: readonly string[] = SHED,
  ...replacements: [string, string][]
): string => {
  const steps = shed.length === 0 ? " []" : `\n${shed.map((step) => `      - ${step}`).join("\n")}`;
  return labWith(
    [
      "  generation: []\n",
      `  generation: []\n  curtailment:\n    agreements:\n      - ${agreement}\n    shed:${steps}\n`,
    ],
    ...replacements,
  );
};
