import { describe, expect, test } from "vitest";
import { blocks, check } from "../../policies/check.ts";
import type { Finding } from "../../policies/finding.ts";
import { contextOf, type Given, verdictOn } from "../support/context.ts";
import { labWith, labWithoutGate, opening, siteText } from "../support/sites.ts";

const lab = siteText("lab");
const open = (given: Given): readonly Finding[] => check(contextOf(given)).filter(blocks);
/** What blocks, as rule, verdict and subject. */
const told = (given: Given) => open(given).map(({ rule, verdict, subject }) => `${rule} ${verdict} ${subject}`);
const message = (text: string): string => {
  const [first, ...more] = open({ text });
  expect(more).toEqual([]);
  return first?.message ?? "nothing blocks";
};

/** Every value that the documents of the lab state, as it stands in the file. */
const values = opening(lab).plan.phases.flatMap(({ evidence }) =>
  evidence.flatMap(({ gate, measured }) => measured.map(({ of, written }) => ({ gate, of, written }))),
);
/** The lab with one value of a gate changed. */
function labMeasuring(gate: string, of: string, by: string): string {
  const start = lab.indexOf(`- gate: ${gate}\n`);
  const value = new RegExp(`(\\b${of}: )[^,}\\n]*?( ?[,}\\n])`);
  const at = lab.indexOf("measured:", start);
  return lab.slice(0, at) + lab.slice(at).replace(value, `$1${by}$2`);
}

/** A second phase behind the lab's, with one document. */
const phaseOf = (buildings: string, document: string): string =>
  `  - id: next\n    from: 2027-Q1\n    state: accepted\n    buildings: ${buildings}\n    evidence:\n      - ${document}\n`;

describe.each(values.map(({ gate, of, written }) => [gate, of, written] as const))("%s: %s (%s)", (gate, of) => {
  test("unknown: one finding, unproved, at its line", () => {
    expect(open({ text: labMeasuring(gate, of, "unknown") })).toMatchObject([
      {
        rule: "site/gate-values",
        verdict: "unproved",
        subject: `phases.lab.${gate}.${of}`,
        at: expect.stringContaining(`.measured.${of}`),
      },
    ]);
  });

  test("far past its limit, on one side or the other: one finding, violated", () => {
    const unit = values.find((each) => each.gate === gate && each.of === of)?.written.replace(/^[\d.]+/, "") ?? "";
    const past = [`0.0001${unit}`, `99999${unit}`].map((by) => told({ text: labMeasuring(gate, of, by) }));
    expect(past).toContainEqual([`site/gate-values violated phases.lab.${gate}.${of}`]);
  });
});

describe("a power engineer reads", () => {
  test.each([
    [
      labWith(["load: 101 %", "load: 70 %"]),
      "lab: integrated-systems-test, load of the test over design load (contracts that say 70 % prove 70 %): needs at least 100 %, has 70 %; short by 30 % (load in LAB-L5-001 of 2026-09-17)",
    ],
    [
      labWith(["0.21 ohm", "1 ohm"]),
      "lab: pre-energization, resistance of the worst bond: needs below 1 ohm, has 1 ohm (bonding in LAB-L2-009 of 2026-07-30)",
    ],
    [
      labWith(["ph: 9.1", "ph: 7.7"]),
      "lab: coolant-loop, pH of the coolant: needs at least 8, has 7.7; short by 0.3 pH (ph in LAB-L3-010 of 2026-08-14)",
    ],
    [
      labWith(["838.2 GB/s", "655.5 GB/s"]),
      "lab: nvlink, bus bandwidth of all_reduce at 16 GiB: needs at least 720 GB/s, has 655.5 GB/s; short by 64.5 GB/s (busbw in LAB-AT-004 of 2026-10-02)",
    ],
    [
      labWith(["recovery: 9 min", "recovery: 20 min"]),
      "lab: failure-injection, longest recovery from an injected failure: needs at most 15 min, has 20 min; over by 5 min (recovery in LAB-AT-010 of 2026-10-09)",
    ],
    [
      labWith(["        agreed: { recovery: 15 min }\n", ""]),
      "lab: failure-injection, longest recovery from an injected failure: has no limit yet, has 9 min (recovery in LAB-AT-010 of 2026-10-09); not known: recovery at most (phases[0].evidence[17].agreed.recovery)",
    ],
  ])("%#", (text, expected) => {
    expect(message(text)).toBe(expected);
  });
});

describe("what the parties agreed on", () => {
  const agreeing = (duration: string) =>
    labWith(["agreed: { spread: 5 % }", `agreed: { spread: 5 %, duration: ${duration} }`]);
  const burn = (text: string) => verdictOn("site/gate-values", "phases.lab.gpu-burn.duration", { text });

  test("is held to where it is stricter", () => {
    expect([burn(agreeing("48 h")), burn(agreeing("49 h"))]).toEqual(["proved", "violated"]);
  });

  test("never weakens the limit of the gate: the contract of 70 %", () => {
    const text = labWith(
      ["load: 101 %", "load: 80 %"],
      ["agreed: { ride-through: 90 s }", "agreed: { ride-through: 90 s, load: 70 % }"],
    );
    expect(message(text)).toContain("needs at least 100 %, has 80 %");
    expect(burn(agreeing("1 h"))).toBe("proved");
  });

  test("leaves open what is agreed and unknown", () => {
    expect(burn(agreeing("unknown"))).toBe("unproved");
  });
});

describe("by GPU and system", () => {
  const nvlink = (system: string, rate: string) =>
    verdictOn("site/gate-values", "phases.lab.nvlink.busbw", {
      text: labWith(["system: gb300-nvl72", `system: ${system}`], ["838.2 GB/s", rate]),
    });

  test.each([
    ["dgx-h100", "360 GB/s", "359.9 GB/s"],
    ["dgx-b300", "720 GB/s", "719.9 GB/s"],
    ["gb200-nvl72", "720 GB/s", "719.9 GB/s"],
    ["vera-rubin-nvl72", "1440 GB/s", "1439.9 GB/s"],
  ])("%s needs %s", (system, enough, short) => {
    expect([nvlink(system, enough), nvlink(system, short)]).toEqual(["proved", "violated"]);
  });

  test("storage of a DGX H100 has the targets of its reference architecture; a contract may ask for more", () => {
    const of = (agreed: string, rate: string) =>
      verdictOn("site/gate-values", "phases.lab.storage.node-read", {
        text: labWith(
          ["system: gb300-nvl72", "system: dgx-h100"],
          ["node-read: 24 GB/s", `node-read: ${rate}`],
          ["node-read: 20 GB/s", `node-read: ${agreed}`],
        ),
      });
    expect([of("20 GB/s", "40 GB/s"), of("20 GB/s", "39 GB/s"), of("50 GB/s", "49 GB/s")]).toEqual([
      "proved",
      "violated",
      "violated",
    ]);
  });

  test("what is cooled by air needs no coolant", () => {
    const text = labWith(["system: gb300-nvl72", "system: dgx-h100"]);
    expect(check(contextOf({ text })).filter(({ subject }) => subject.includes("coolant"))).toEqual([]);
  });

  test("a system of which nobody says how it is cooled is asked for its coolant", () => {
    const text = labWith(["system: gb300-nvl72", "system: dgx-b300"]);
    expect(verdictOn("site/gate-values", "phases.lab.coolant-loop.ph", { text })).toBe("proved");
  });

  test("two systems in one phase with different limits: nobody knows which was measured", () => {
    const building = (id: string, system: string) =>
      `  - { id: ${id}, halls: 1, podsPerHall: 1, racksPerPod: 8, system: ${system}, otherIt: 12 % }\n`;
    const text = labWith(
      ["buildings: 2", "buildings: 3"],
      ["\nphases:", `${building("new", "gb300-nvl72")}${building("old", "dgx-h100")}\nphases:`],
      [
        "\nnetwork:",
        `${phaseOf("[new, old]", "{ gate: nvlink, document: D, date: 2026-10-02, signedBy: me, measured: { busbw: 900 GB/s } }")}\nnetwork:`,
      ],
    );
    const [finding] = check(contextOf({ text })).filter(({ subject }) => subject === "phases.next.nvlink.busbw");
    expect(finding).toMatchObject({ verdict: "unproved", fix: "split the phase, one system each" });
    const alike = text.replace("system: dgx-h100", "system: gb200-nvl72");
    expect(verdictOn("site/gate-values", "phases.next.nvlink.busbw", { text: alike })).toBe("proved");
  });
});

describe("documents", () => {
  const again = (date: string, busbw: string) =>
    labWith([
      "      - gate: fabric-links\n",
      `      - { gate: nvlink, document: LAB-AT-099, date: ${date}, signedBy: me, measured: { busbw: ${busbw} } }\n      - gate: fabric-links\n`,
    ]);

  test("of a repeated test the latest counts, whatever came before", () => {
    expect(told({ text: again("2026-10-20", "100 GB/s") })).toEqual([
      "site/gate-values violated phases.lab.nvlink.busbw",
    ]);
    expect(told({ text: again("2026-09-30", "100 GB/s") })).toEqual([]);
    expect(told({ text: again("2027-01-01", "100 GB/s") })).toEqual([]);
  });

  test("a repetition puts nothing out of order: the first one was there in time", () => {
    const text = again("2026-11-20", "900 GB/s");
    expect(told({ text })).toEqual([]);
  });

  test("before the gates that come before them are out of order, each once", () => {
    const text = labWith(["date: 2026-10-05", "date: 2026-10-01"]);
    expect(message(text)).toBe(
      "lab: LAB-AT-007 for collectives is of 2026-10-01, before LAB-AT-004 for nvlink of 2026-10-02, LAB-AT-006 for pairwise-rdma of 2026-10-03",
    );
  });

  test("one that is missing is one finding: neither its values nor its order are asked for", () => {
    expect(told({ text: labWithoutGate("gpu-burn") })).toEqual(["site/gates unproved phases.lab.gpu-burn"]);
  });

  test("one that is dated ahead is one finding", () => {
    const text = labWith(["date: 2026-10-19", "date: 2026-11-25"]);
    expect(told({ text })).toEqual(["site/gates violated phases.lab.security-review"]);
  });

  const twoPhases = (gate: string, document: string) =>
    labWith(
      [
        "\nphases:",
        "  - { id: next, halls: 1, podsPerHall: 1, racksPerPod: 8, system: gb300-nvl72, otherIt: 12 % }\n\nphases:",
      ],
      [
        "\nnetwork:",
        `${phaseOf("[next]", `{ gate: ${gate}, document: ${document}, date: 2026-04-14, signedBy: me }`)}\nnetwork:`,
      ],
    );

  test("of an earlier phase prove nothing of this one", () => {
    const [finding] = check(contextOf({ text: twoPhases("factory-acceptance", "LAB-L1-004") })).filter(
      ({ subject }) => subject === "phases.next.factory-acceptance",
    );
    expect(finding).toMatchObject({
      verdict: "violated",
      message: "next: LAB-L1-004 for factory-acceptance is evidence of lab",
    });
  });

  test("that speak of the whole site are shared", () => {
    const text = twoPhases("design-review", "LAB-L0-001");
    expect(verdictOn("site/gates", "phases.next.design-review", { text })).toBe("proved");
  });

  test("of a retired phase are not looked at", () => {
    const text = labWith(["state: online", "state: retired"], ["838.2 GB/s", "1 GB/s"]);
    expect(verdictOn("site/gate-values", "site", { text })).toBe("not-applicable");
  });
});
