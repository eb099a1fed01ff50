import { parse, stringify } from "yaml";

/** Whatever YAML holds. */
type Yaml = ReturnType<typeof parse>;

/** The same site with one pod of racks more: a building like the first, in a phase and a pool of its own. */
export function withAnotherPod(text: string): string {
  const site: Yaml = parse(text);
  const [building] = site.buildings;
  site.buildings.push({ ...building, id: "annex", halls: 1, podsPerHall: 1 });
  site.phases.push({
    id: "annex",
    from: site.phases.at(-1).from,
    state: "designed",
    buildings: ["annex"],
    evidence: [],
  });
  site.pools.push({ id: "annex", phase: "annex", spareRacks: 0, capacity: "owned", powerBudget: "100 kW" });
  return stringify(site, { aliasDuplicateObjects: false });
}
