import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { CALL, curtailedLab, SHED } from "../support/curtailment.ts";
import { golden, millrace, session, sitesFolder } from "../support/session.ts";

const [first = ""] = SHED;
const second = CALL.replace("id: call", "id: standby").replace("3 h", "unknown").replace("30 %", "5 %");
const cap = "{ pool: gb300, action: power-cap, enforcedBy: dynamo-power-agent, perGpu: 900 W, within: unknown }";
const folder = sitesFolder({
  called: curtailedLab(),
  twice: curtailedLab(`${CALL}\n      - ${second}`, [cap, first.replace("kueue", "nothing"), ...SHED]),
  unknown: curtailedLab(CALL.replace("30 %", "unknown")),
  elsewhere: curtailedLab(CALL, [first.replace("llama-70b", "lama-70b")]),
});

test("plan shows what goes down, curtail says it to the grid", async () => {
  const { stdout } = await millrace("plan twice", folder);
  const lines = [
    "curtail called",
    "curtail twice --agreement call --start 2027-01-15T17:00:00Z",
    "curtail twice",
    "curtail twice --agreement cal",
    "curtail twice --agreement standby --start 2027-01-15T17:00:00Z",
    "curtail called --start 2026-02-30T00:00:00Z",
    "curtail called --start 2026-01-01T00:00:00Z",
    "curtail unknown",
    "curtail elsewhere",
    "curtail lab",
  ];
  const section = /^Called to draw less[\s\S]*?\n\n/m.exec(stdout)?.[0] ?? "";
  await golden("cli/curtail.txt", `${section}${await session(lines, folder)}`);
});

/** SetLoadTargetData of DSX Flex 1.7, as its AsyncAPI document has it. */
const isLoadTarget = new Ajv2020({ strict: true, validateFormats: false }).compile({
  type: "object",
  required: ["targets"],
  properties: {
    targets: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        required: ["interval", "load_constraint"],
        additionalProperties: false,
        properties: {
          interval: {
            type: "object",
            additionalProperties: false,
            properties: { start_time: { type: "string" }, end_time: { type: "string" } },
          },
          feed_tags: { type: "array", items: { type: "string" } },
          load_constraint: {
            type: "object",
            required: ["value", "unit"],
            additionalProperties: false,
            properties: {
              value: { type: "number", exclusiveMinimum: 0 },
              unit: { enum: ["watt", "kilowatt", "megawatt"] },
            },
          },
          strategy: {
            type: "object",
            additionalProperties: false,
            properties: { best_effort: { type: "boolean" } },
          },
        },
      },
    },
  },
});

test("a load target has the form that DSX Flex takes", async () => {
  const { stdout, code } = await millrace("curtail called --start 2027-01-15T17:00:00Z", folder);
  const message: unknown = JSON.parse(stdout);
  expect([code, isLoadTarget(message), isLoadTarget.errors]).toEqual([0, true, null]);
  expect(message).toEqual({
    targets: [
      {
        interval: { start_time: "2027-01-15T17:00:00.000Z", end_time: "2027-01-15T20:00:00.000Z" },
        feed_tags: ["substation-4"],
        load_constraint: { value: 1_536_327 - 460_899, unit: "watt" },
        strategy: { best_effort: false },
      },
    ],
  });
});
