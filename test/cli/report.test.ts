import { describe, expect, test } from "vitest";
import { oneLineDot } from "../../cli/draw/one-line.ts";
import { shownNodes } from "../../cli/draw/shown-nodes.ts";
import { planPage } from "../../cli/report/plan-page.ts";
import { nodeLoads } from "../../components/power/node-loads.ts";
import { labWith, opening, siteText } from "../support/sites.ts";

const opened = (text: string, site = "lab") => {
  const { plan, electrical } = opening(text, site);
  return { plan, nodes: nodeLoads(electrical) };
};
const lab = opened(siteText("lab"));
const campus = opened(siteText("independence-mo"), "independence-mo");

describe("the one-line", () => {
  test("of a pod shows each element of its lineups and the feeds of one rack", () => {
    const ids = shownNodes(lab.plan, lab.nodes).map(({ node }) => node.id);
    expect(ids).toContain("substation-4");
    expect(ids.filter((id) => /rpp-\d$/.test(id))).toHaveLength(4);
    expect(ids.filter((id) => id.includes("whip"))).toEqual(
      [1, 5, 2, 6, 3, 7, 4, 8].map((whip) =>
        expect.stringMatching(new RegExp(`^lab\\.h1\\.p1\\.r\\d\\.whip-${whip}$`)),
      ),
    );
    expect(ids).not.toContain("supply");
  });

  test("of a gigawatt is one pod of one hall of ten buildings that are alike", () => {
    const shown = shownNodes(campus.plan, campus.nodes);
    expect(shown.length).toBeLessThan(20);
    expect(shown.find(({ name }) => name === "rpp-1")?.labels).toEqual([
      "b1 … b10 (10 alike)",
      "hall h1 (1 of 5)",
      "pod p1 (1 of 14)",
    ]);
  });

  test("follows the building that differs as well", () => {
    const [first, second] = campus.plan.distribution.filter(({ building }) => building === "b1" || building === "b2");
    if (first === undefined || second === undefined) throw new Error("the campus has two buildings");
    const heavier = {
      ...first,
      worst: {
        ...first.worst,
        load: { ...first.worst.load, known: (first.worst.load.known + 1) as typeof first.worst.load.known },
      },
    };
    const plan = {
      ...campus.plan,
      distribution: campus.plan.distribution.map((level) => (level === first ? heavier : level)),
    };
    const labels = new Set(shownNodes(plan, campus.nodes).map(({ labels: [building] }) => building));
    expect([...labels].sort()).toEqual(["b1", "b2 … b10 (9 alike)", undefined]);
  });

  test("marks what is out in the state that asks most, colours what is beyond its limit and what nobody knows", () => {
    const marked = (dot: string) => dot.split("\n").filter((line) => line.includes("✕"));
    expect(marked(oneLineDot(lab.plan, lab.nodes))).toEqual([expect.stringContaining("rpp-4  ✕")]);
    const short = opened(labWith(["value: 500 kW", "value: 400 kW"]));
    expect(oneLineDot(short.plan, short.nodes)).toMatch(/rpp-1\\n451 kW of 400 kW", fillcolor="#f4b6ae"/);
    const open = opened(labWith(["value: 500 kW", "value: unknown"]));
    expect(oneLineDot(open.plan, open.nodes)).toMatch(/rpp-1\\n451 kW of unknown", fillcolor="#dddddd"/);
  });
});

describe("the page", () => {
  test("has the pictures first, then every table of the plan", async () => {
    const page = await planPage(lab.plan, lab.nodes);
    const titles = [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title);
    expect(titles.slice(0, 4)).toEqual([
      "One-line",
      "Load and supply, by quarter",
      "Halls from above",
      "Phases, in the order in which they come",
    ]);
    expect(page.match(/<svg/g)).toHaveLength(3);
    expect(page).not.toMatch(/NaN|undefined|Infinity|<script/);
  });

  test("has no picture where no one-line is stated, and says the rest", async () => {
    const without = opened(
      siteText("lab").replace(/ {2}distribution:[\s\S]*?\n\nbuildings/, "  distribution: []\n\nbuildings"),
    );
    const page = await planPage(without.plan, without.nodes);
    expect(page.match(/<svg/g)).toHaveLength(2);
    expect(page).toContain("<h2>Pools</h2>");
  });

  test("is inert, whatever a site is called", async () => {
    const hostile = `</title><img src=x onerror=alert(1)>"'&`;
    const { plan, nodes } = opened(labWith(["name: Lab pod", `name: ${JSON.stringify(hostile)}`]));
    const page = await planPage(plan, nodes);
    expect(page).not.toContain("<img");
    expect(page).toContain("&lt;/title&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;");
  });
});
