import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { millrace } from "../support/session.ts";
import { labWith, opening, ROOT } from "../support/sites.ts";

const folder = mkdtempSync(join(tmpdir(), "millrace-traffic-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const told = async (line: string) => await millrace(`traffic ${line}`, folder);

beforeAll(() =>
  put("azure.csv", gunzipSync(readFileSync(`${ROOT}/test/data/azure-2023-conversation.csv.gz`)).toString("utf8")),
);

test("a public trace, and what it prints is a blueprint's", async () => {
  const { stdout, code } = await told("azure.csv");
  expect(code).toBe(0);
  await expect(stdout).toMatchFileSnapshot("../golden/cli/traffic.txt");
  const lines = stdout.slice(stdout.indexOf("      traffic:")).trimEnd();
  const traffic = /^ {6}traffic:\n(?: {8}.*\n)+/m.exec(labWith())?.[0] ?? "";
  const { plan } = opening(labWith([traffic, `${lines}\n`]));
  const [capacity] = plan.capacity;
  if (capacity?.outcome.kind !== "predicted") throw new Error("not predicted");
  expect(capacity.outcome.demand).toMatchObject({
    profile: "its own trace",
    burstiness: 1.094,
    peakRequestsPerS: 8.45,
  });
  expect(capacity.outcome.memory[0]?.longestRequestTokens).toBe(14_050 + 1_000);
});

test("as JSON it fits its schema", async () => {
  const { stdout } = await told("azure.csv --format json");
  const schema = JSON.parse(readFileSync(`${ROOT}/cli/schemas/traffic.schema.json`, "utf8"));
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  expect(validate(JSON.parse(stdout)) ? [] : validate.errors).toEqual([]);
  expect(JSON.parse(stdout)).toMatchObject({ requests: 19_366, hours: null });
});

test("an object a line, with times that are numbers", async () => {
  put(
    "trace.jsonl",
    [0, 500, 2_000].map((timestamp) => JSON.stringify({ timestamp, input_length: 10, output_length: 2 })).join("\n"),
  );
  const { stdout } = await told("trace.jsonl --time-unit ms --format json");
  expect(JSON.parse(stdout)).toMatchObject({ requests: 3, durationS: 2, requestsPerS: 1.5, input: { mean: 10 } });
});

test("a day and more is told by the hour, whatever the hours that a trace has twice", async () => {
  const start = Date.UTC(2026, 10, 23, 12) / 1_000;
  // 30 hours, a request a minute, two between 14 and 15 o'clock.
  const rows = Array.from({ length: 30 * 60 }, (_, minute) => start + minute * 60).flatMap((atS) =>
    new Date(atS * 1_000).getUTCHours() === 14 ? [atS, atS] : [atS],
  );
  const text = rows.map((atS) => `${new Date(atS * 1_000).toISOString()},10,2`).join("\n");
  put("day.csv", `timestamp,input_tokens,output_tokens\n${text}\n`);
  const { hours } = JSON.parse((await told("day.csv --format json")).stdout) as { hours: readonly number[] };
  const others = hours.filter((_, hour) => hour !== 14);
  expect((hours[14] ?? 0) / (hours[3] ?? 1)).toBeCloseTo(2, 1);
  expect(Math.max(...others) / Math.min(...others)).toBeLessThan(1.03);
  expect((await told("day.csv")).stdout).toContain("14:00");
});

test("requests of one moment have lengths and no rate", async () => {
  put("moment.csv", "time,prompt_tokens,completion_tokens\n5,100,20\n5,200,40\n");
  const { stdout } = await told("moment.csv");
  expect(stdout).toContain("2 requests, all at one moment");
  expect(stdout).toContain("peak: { value: unknown");
});

test.each([
  ["a,b\n1,2\n", "no column for times: got a, b · allowed timestamp, arrived_at"],
  ["time,input_tokens\n1,2\n", "no column for tokens of answers"],
  [
    "time,input_tokens,output_tokens\n1,5,6\nsoon,5,6\n",
    "bad.csv:3: got soon · allowed time: a number, or a time with its day",
  ],
  [
    "time,input_tokens,output_tokens\n1,5,6.5\n",
    "bad.csv:2: got 6.5 · allowed output_tokens: a whole number of tokens",
  ],
  ["time,input_tokens,output_tokens\n1,-5,6\n", "bad.csv:2: got -5"],
  ["time,input_tokens,output_tokens\n1,5\n", "bad.csv:2: got Invalid Record Length"],
  ["time,input_tokens,output_tokens\n", "bad.csv:1: got nothing"],
  ["", "bad.csv:1: got nothing"],
  ['{"time":1,"input_tokens":1,"output_tokens":1}\n{"time":', "bad.csv:2: got {"],
])("%j is bad input, in words", async (text, words) => {
  put("bad.csv", text);
  const { stderr, code } = await told("bad.csv");
  expect(code).toBe(3);
  expect(stderr.replace(/\s+/g, " ")).toContain(words);
  expect(stderr).not.toContain("    at ");
});

test.each([
  ["nowhere.csv", "trace: got nowhere.csv"],
  ["azure.csv --time-unit min", "--time-unit: got min · allowed s, ms, us"],
])("%s is a mistake", async (line, words) => {
  const { stderr, code } = await told(line);
  expect([code, stderr.replace(/\s+/g, " ").includes(words)]).toEqual([3, true]);
});
