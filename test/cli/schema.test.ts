import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { checkJson } from "../../cli/format/check-json.ts";
import { failuresJson } from "../../cli/format/failures-json.ts";
import { faultsJson } from "../../cli/format/faults-json.ts";
import { sizeJson } from "../../cli/format/size-json.ts";
import { judgeObjects } from "../../cli/judged.ts";
import { planJson } from "../../components/plan-json.ts";
import { nodeLoads } from "../../components/power/node-loads.ts";
import type { Sizing } from "../../components/serving/sizing/sizing-types.ts";
import { isDay } from "../../components/site/day.ts";
import { PHASE_STATES } from "../../components/site/phase-state.ts";
import { session } from "../support/command.ts";
import { plannedObjects, TODAY } from "../support/context.ts";
import { CALL, curtailedLab, SHED } from "../support/curtailment.ts";
import { minimalWith } from "../support/minimal-site.ts";
import { OPEN_SITE } from "../support/open-site.ts";
import { labWith, opening, reading, siteText } from "../support/sites.ts";
import { sizingOf } from "../support/sizing.ts";

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
ajv.addFormat("date", isDay);
const schema = (name: string) =>
  ajv.compile(JSON.parse(readFileSync(new URL(`../../cli/schemas/${name}.schema.json`, import.meta.url), "utf8")));
const isPlan = schema("plan");
const isFailures = schema("failures");
const isCheck = schema("check");
const isSize = schema("size");
const isFabric = schema("fabric");

test("every published schema can be had by its name", () => {
  const { exports } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const published = readdirSync(new URL("../../cli/schemas", import.meta.url));
  expect(published.filter((name) => exports[`./${name}`] !== `./cli/schemas/${name}`)).toEqual([]);
});

/** What does not fit a schema, for people. */
function misfits(validate: typeof isPlan, json: string): readonly string[] {
  validate(JSON.parse(json));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const SITES = {
  lab: siteText("lab"),
  "independence-mo": siteText("independence-mo"),
  open: OPEN_SITE,
  "aws-ohio": siteText("aws-ohio"),
  minimal: minimalWith(),
  curtailed: curtailedLab(),
  "curtailed, little known": curtailedLab(CALL.replace("30 %", "unknown"), [
    ...SHED,
    "{ pool: gb300, action: power-cap, enforcedBy: nothing, within: unknown }",
  ]),
  "nothing known": readFileSync(new URL("../../cli/templates/site.yaml", import.meta.url), "utf8"),
} as const;

describe.each(Object.entries(SITES))("%s", (_name, text) => {
  const opened = opening(text);

  test("its plan fits the published schema", () => {
    expect(misfits(isPlan, planJson(opened.plan))).toEqual([]);
  });

  test("its outages fit the published schema, with every node and without", () => {
    const nodes = nodeLoads(opened.electrical);
    expect(misfits(isFailures, failuresJson(opened.plan, null))).toEqual([]);
    expect(misfits(isFailures, failuresJson(opened.plan, nodes.slice(0, 200)))).toEqual([]);
  });

  test.each([null, ...PHASE_STATES])("its findings fit the published schema, as if %s", (asState) => {
    const judged = judgeObjects(opened, plannedObjects(opened), { today: TODAY, asState }, null);
    expect(misfits(isCheck, checkJson(judged))).toEqual([]);
  });
});

test("what is sized, and what cannot be, fits the published schema", () => {
  const [sized, unknown] = [siteText("lab"), labWith(["peak: { value: 300 /s,", "peak: { value: unknown,"])].map(
    (text) => {
      const opened = opening(text);
      return misfits(isSize, sizeJson(opened.plan, [sizingOf(opened, 0)]));
    },
  );
  expect([sized, unknown]).toEqual([[], []]);
});

test("what is sized on several pools fits it: pools that are not asked, the same twice, less money elsewhere", () => {
  const opened = opening(siteText("lab"));
  const sizing = sizingOf(opened, 0);
  if (sizing.outcome.kind !== "sized") throw new Error("not sized");
  const { judged, buildable } = sizing.outcome;
  const outcome: Sizing["outcome"] = {
    ...sizing.outcome,
    passedOver: [
      { pool: "a", kind: "held", phase: "a", state: "permitted" },
      { pool: "b", kind: "taken", gpus: 64 },
      { pool: "c", kind: "unknown", missing: ["catalog:instances/p5.48xlarge/gpus"] },
    ],
    judged: judged.map(({ pool, candidate }) => ({
      pool,
      candidate,
      kind: "refused",
      refusal: { kind: "same", as: `a/${candidate.id}` },
    })),
    elsewhere: buildable,
  };
  expect(buildable).not.toBeNull();
  expect(misfits(isSize, sizeJson(opened.plan, [{ ...sizing, outcome }]))).toEqual([]);
});

test("faults fit every schema", () => {
  const read = reading(labWith(["system: gb300-nvl72", "system: none"]));
  if (read.ok) throw new Error("the site has no fault");
  expect(misfits(isPlan, faultsJson("millrace/plan/v1", "lab", read))).toEqual([]);
  expect(misfits(isCheck, faultsJson("millrace/check/v1", "lab", read))).toEqual([]);
  expect(misfits(isFailures, faultsJson("millrace/failures/v1", "lab", read))).toEqual([]);
  expect(misfits(isSize, faultsJson("millrace/size/v1", "lab", read))).toEqual([]);
  expect(misfits(isFabric, faultsJson("millrace/fabric/v1", "lab", read))).toEqual([]);
});

test("the schemas refuse what is not there and what nobody knows", () => {
  const { plan } = opening(siteText("lab"));
  const { ledger: _ledger, ...rest } = JSON.parse(planJson(plan));
  expect(isPlan(rest)).toBe(false);
  expect(isPlan({ ...JSON.parse(planJson(plan)), extra: 1 })).toBe(false);
});

test("a sized fabric fits its schema, which knows exactly its keys", () => {
  const sized = (line: string) => session(`millrace fabric ${line} --format json`).stdout;
  for (const line of [
    "--system dgx-h100 --switch qm9700 --nodes 127 --ufm",
    "--architecture 2-8-5-200 --units 6",
    "--architecture 2-4-5-800 --units 8",
    "lab",
  ]) {
    expect(misfits(isFabric, sized(line))).toEqual([]);
  }
  expect(isFabric({ nodes: 1 })).toBe(false);
  expect(isFabric({ ...JSON.parse(sized("lab")), extra: 1 })).toBe(false);
});

test("the head of a check says what was judged, by what, and what it comes to", () => {
  const opened = opening(siteText("lab"));
  const judged = judgeObjects(opened, plannedObjects(opened), { today: TODAY, asState: null }, null);
  const { findings, ...head } = JSON.parse(checkJson(judged));
  expect(head).toEqual({
    apiVersion: "millrace/check/v1",
    site: "lab",
    plan: expect.stringMatching(/^[0-9a-f]{12}$/),
    asOf: { date: TODAY, state: null },
    verdict: "proved",
    counts: { ...judged.summary.counts, violated: 0, unproved: 0, waived: 0, advisory: 0 },
  });
  expect(findings).toHaveLength(judged.findings.length);
});
