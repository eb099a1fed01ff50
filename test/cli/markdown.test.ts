import { describe, expect, test } from "vitest";
import { markdown } from "../../cli/format/markdown.ts";
import { judgeObjects } from "../../cli/judged.ts";
import { plannedObjects, TODAY } from "../support/context.ts";
import { labWith, opening } from "../support/sites.ts";

const comment = (text: string): string => {
  const opened = opening(text);
  return markdown(judgeObjects(opened, plannedObjects(opened), { today: TODAY, asState: "online" }, null));
};

describe("the comment of a pull request", () => {
  test("shows names and messages as they are: no markup, mention, reference or link", () => {
    const hostile = "@everyone <img src=x> [go](https://evil.example) `code` #12 | cell ![pic](x) --> *b*";
    const shown = comment(
      labWith(
        ["name: Lab pod", `name: ${JSON.stringify(hostile)}`],
        ["LAB-L5-001, measured", "<script>@admin</script>"],
      ),
    );
    expect(shown).not.toMatch(/<(?!!-- millrace:check:lab -->|\/?details>|\/?summary>)/);
    expect(shown).not.toMatch(/(?<![&\w])@\w/);
    expect(shown).not.toMatch(/\]\(|https?:\/\//);
    expect(shown).not.toMatch(/(?<!&)#\d/);
  });

  test("stays below what a comment holds, and says what did not fit", () => {
    const phases = Array.from({ length: 150 }, (_, index) => ({ phase: `p${index}`, building: `x${index}` }));
    const text = labWith(
      [
        "buildings:\n",
        `buildings:\n${phases.map(({ building }) => `  - { id: ${building}, halls: 1, podsPerHall: 1, racksPerPod: 8, system: gb300-nvl72, otherIt: unknown }`).join("\n")}\n`,
      ],
      [
        "phases:\n",
        `phases:\n${phases.map(({ phase, building }) => `  - { id: ${phase}, from: 2026-Q4, state: designed, buildings: [${building}], evidence: [] }`).join("\n")}\n`,
      ],
      [
        "pools:\n",
        `pools:\n${phases.map(({ phase }) => `  - { id: ${phase}, phase: ${phase}, spareRacks: 0, capacity: owned, powerBudget: 1136 kW }`).join("\n")}\n`,
      ],
    );
    const shown = comment(text);
    expect(shown.length).toBeLessThan(65_536);
    expect(shown.split("\n")[0]).toBe("<!-- millrace:check:lab -->");
    expect(shown).toContain("did not fit: run millrace check for all of it");
  });
});
