import { describe, expect, test } from "vitest";
import { showFaults } from "../../components/site/show-fault.ts";
import { labWith, reading, siteText } from "../support/sites.ts";

/** The only fault of a changed lab site, with its line and column. */
function onlyFault(...replacements: readonly (readonly [string, string])[]) {
  const read = reading(labWith(...replacements));
  if (read.ok) throw new Error("the site was read");
  expect(read.faults).toHaveLength(1);
  const [fault] = read.faults;
  if (fault === undefined) throw new Error("no fault");
  const { line, column } = read.source.locate(fault.path, fault.atKey === true ? "key" : "value");
  return { ...fault, line, column, shown: read.source.text.split("\n")[line - 1]?.slice(column - 1) };
}

describe("shape", () => {
  test("an unknown key, at the key, with what was meant", () => {
    expect(onlyFault(["racksPerPod: 8", "racksPerPod: 8\n    sistem: x"])).toMatchObject({
      path: "buildings[0].sistem",
      problem: "unknown key",
      got: "sistem",
      fix: "did you mean system?",
      column: 5,
      shown: "sistem: x",
    });
  });

  test("a missing key, at the block that lacks it", () => {
    expect(onlyFault(["    racksPerPod: 8\n", ""])).toMatchObject({
      path: "buildings[0].racksPerPod",
      problem: "missing key racksPerPod",
      fix: "add racksPerPod",
      shown: expect.stringMatching(/^id: lab/),
    });
  });

  test.each([
    ["powerBudget: 1136 kW", "powerBudget: 1136 kw", 'did you mean "1136 kW"?'],
    ["powerBudget: 1136 kW", "powerBudget: 1136", 'write it as in "142 kW"'],
    ["value: 500 kW", "value: 500 GB", 'write it as in "142 kW"'],
    ["derating: 100 %", "derating: 100 percent", 'write it as in "80 %"'],
    ["value: 7.1 c/kWh", "value: 7.1 $", 'write it as in "7.1 c/kWh"'],
    ["value: $45 M", "value: 45 M", 'write it as in "$6.6 B"'],
  ])("%s → %s", (piece, by, fix) => {
    expect(onlyFault([piece, by])).toMatchObject({
      problem: expect.stringMatching(/^not a /),
      fix,
      shown: expect.stringContaining(by.split(": ")[1] ?? ""),
    });
  });

  test.each([
    ["state: online", "state: onlin", "did you mean online?"],
    ["capacity: owned", "capacity: owed", "did you mean owned?"],
    ["kind: render", "kind: rendr", "did you mean render?"],
    ["precision: nvfp4", "precision: nvpf4", "did you mean nvfp4?"],
    ["millrace/v1", "millrace/v2", "did you mean millrace/v1?"],
  ])("%s → %s", (piece, by, fix) => {
    expect(onlyFault([piece, by])).toMatchObject({ problem: "not one of the words allowed", fix });
  });

  test.each([
    ["halls: 1", "halls: one", "wrong kind of value", "a whole number"],
    ["halls: 1", "halls: 0", "too small", "1 or more"],
    ["halls: 1", "halls: 1.5", "wrong kind of value", "a whole number"],
    ["from: 2026-Q4", "from: 2026-Q5", "not in the form asked for", "quarter in which its racks draw power"],
    ["date: 2026-04-14", "date: 2026-02-30", "not a calendar day", "a day that the calendar has"],
    ["date: 2026-04-14", "date: 2026-2-3", "not a calendar day", "a day that the calendar has"],
    ["buildings: [lab]", "buildings: []", "too few entries", "1 or more"],
    ["sha256:8a69", "sha256:XX69", "not in the form asked for", "digest of the image index"],
    ["generation: []", "generation: none", "wrong kind of value", "a list"],
    ["target: { kind: render }", "target: render", "wrong kind of value", "a block of keys"],
  ])("%s → %s", (piece, by, problem, allowed) => {
    expect(onlyFault([piece, by])).toMatchObject({ problem, allowed: expect.stringContaining(allowed) });
  });

  test("a figure that lacks its value names value", () => {
    expect(onlyFault(["{ value: 2 MW, source", "{ source"])).toMatchObject({
      path: "power.services[0].firm.value",
      problem: "missing key value",
    });
  });
});

describe("meaning", () => {
  test.each([
    [
      "system: gb300-nvl72",
      "system: gb300-nvl27",
      "buildings[0].system",
      "unknown system",
      "did you mean gb300-nvl72?",
    ],
    ["tenant: research", "tenant: reserch", "serving.endpoints[0].tenant", "unknown tenant", "did you mean research?"],
    ["gate: nvlink", "gate: nvlin", "phases[0].evidence[10].gate", "unknown gate", "did you mean nvlink?"],
    [
      "model: deepseek-r1",
      "model: deepseek-r2",
      "serving.endpoints[1].model",
      "unknown model",
      "did you mean deepseek-r1?",
    ],
    ["    phase: lab", "    phase: lob", "pools[0].phase", "unknown phase", "did you mean lab?"],
    [
      "id: deepseek-r1",
      "id: llama-70b",
      "serving.endpoints[1].id",
      "endpoint stands twice",
      "rename it, or take one out",
    ],
    ["spareRacks: 0", "spareRacks: 8", "pools[0].spareRacks", "no rack left in service", "hold fewer spares"],
    [
      "from: 2026-Q3",
      "from: 2026-Q3\n      until: 2026-Q2",
      "power.services[0].until",
      "ends before it starts",
      "swap the two, or mend one",
    ],
    ["[gateway-system]", "[Gateway]", "network.ingressNamespaces[0]", "not a namespace", "name it as the cluster does"],
    [
      "  - id: lab\n    halls",
      "  - id: lab{2..1}\n    halls",
      "buildings[0].id",
      "run that falls",
      "swap the two numbers",
    ],
  ])("%s → %s", (piece, by, path, problem, fix) => {
    const read = reading(labWith([piece, by]));
    expect(read.ok ? [] : read.faults).toContainEqual(expect.objectContaining({ path, problem, fix }));
  });

  test("a building in no phase, and a phase with a building that is not there", () => {
    const read = reading(labWith(["buildings: [lab]", "buildings: [lob]"]));
    expect(read.ok ? [] : read.faults.map(({ path, problem }) => `${path}: ${problem}`)).toEqual([
      "buildings[0].id: building in no phase",
      "phases[0].buildings[0]: unknown building",
    ]);
  });

  test("a name that every object has is no id", () => {
    const read = reading(labWith(["system: gb300-nvl72", "system: constructor"]));
    expect(read.ok ? [] : read.faults).toMatchObject([{ problem: "unknown system", got: "constructor" }]);
  });
});

test("ten faults in one run, in the order of the file, as a person reads them", async () => {
  const read = reading(
    labWith(
      ["name: Lab pod", "nam: Lab pod"],
      ["timeZone: America/Chicago", "timeZone: here there"],
      ["{ value: 1.20,", "{ value: lots,"],
      ["value: 13.8 kV", "value: 13.8 kv"],
      ["scheme: 4N/3", "scheme: 4N3"],
      ["halls: 1", "halls: -1"],
      ["state: online", "state: onlin"],
      ["date: 2026-04-14", "date: 2026-13-14"],
      ["powerBudget: 1136 kW", "powerBudget: 1136 kwh"],
      ["target: { kind: render }", "target: { kind: cluster, context: x }"],
    ),
  );
  if (read.ok) throw new Error("the site was read");
  const lines = read.faults.map(({ path, atKey }) => read.source.locate(path, atKey === true ? "key" : "value").line);
  expect(lines).toEqual(lines.toSorted((left, right) => left - right));
  await expect(`${showFaults(read.faults, read.source)}\n`).toMatchFileSnapshot("../golden/site/ten-faults.txt");
});

test("a site without faults is read", () => {
  expect(reading(siteText("lab")).ok).toBe(true);
});
