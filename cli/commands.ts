import type { FabricOptions } from "./fabric/options.ts";
import type { Io } from "./io.ts";

/** A command of the command line: its help, and its code, which is loaded when it is called. */
export interface CommandSpec {
  readonly name: string;
  readonly group: string;
  /** Its name ends with "..." where there may be several. */
  readonly argument: readonly [name: string, help: string] | null;
  readonly summary: string;
  readonly options: readonly OptionSpec[];
  /** Calls without the word `millrace`. */
  readonly examples: readonly string[];
  readonly run: (argument: string | undefined, options: Options, io: Io, further: readonly string[]) => Promise<number>;
}

interface OptionSpec {
  readonly flags: string;
  readonly help: string;
  /** May be given several times, or several values between commas. */
  readonly many?: true;
}

/** What was given: options by their names, in camel case. */
export interface Options extends FabricOptions {
  readonly asOf?: string;
  readonly policyPackConfig?: string;
  readonly output?: string;
  readonly everyNode?: boolean;
  readonly input?: string;
  readonly modelConfig?: string;
  readonly modelName?: string;
  readonly site?: string;
  readonly agreement?: string;
  readonly start?: string;
  readonly why?: boolean;
  readonly endpoint?: string;
  readonly pool?: readonly string[];
}

const SITE = ["site", "folder under stacks/"] as const;
const AS_OF: OptionSpec = { flags: "--as-of <state|date>", help: "judge phases by this state, or on this day" };
const PACK_CONFIG: OptionSpec = { flags: "--policy-pack-config <file>", help: "levels of rules, as Pulumi reads them" };
const JUDGE = [AS_OF, PACK_CONFIG];
const format = (formats: string): OptionSpec => ({ flags: "--format <format>", help: formats });

const SEE = "See and judge:";
const BUILD = "Build:";
export const SET_UP = "Set up:";

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: "plan",
    group: SEE,
    argument: SITE,
    summary: "racks, GPUs, power and cost of a site",
    options: [
      format("text (default), json or html"),
      { flags: "--why", help: "with what the capacity of each endpoint rests on" },
    ],
    examples: [
      "plan independence-mo",
      "plan independence-mo --why",
      "plan lab --format json",
      "plan lab --format html > lab.html",
    ],
    run: async (site, options, io) => (await import("./commands/plan.ts")).plan(site, options, io),
  },
  {
    name: "failures",
    group: SEE,
    argument: SITE,
    summary: "every outage of the one-line: worst loads, who loses power",
    options: [
      format("text (default) or json"),
      { flags: "--every-node", help: "each node, not only the worst of each level" },
    ],
    examples: ["failures lab", "failures lab --every-node", "failures independence-mo --format json"],
    run: async (site, options, io) => (await import("./commands/failures.ts")).failures(site, options, io),
  },
  {
    name: "check",
    group: SEE,
    argument: SITE,
    summary: "what is proved, violated, unproved, and what to change",
    options: [format("text (default), json, sarif, junit or markdown"), ...JUDGE],
    examples: [
      "check lab",
      "check independence-mo --as-of online",
      "check lab --as-of 2027-03-01 --format sarif > lab.sarif",
    ],
    run: async (site, options, io) => (await import("./commands/check.ts")).check(site, options, io),
  },
  {
    name: "netbox",
    group: SEE,
    argument: ["files...", "YAML of device types, power panels or power feeds"],
    summary: "what NetBox says is built, held against the catalog",
    options: [
      format("text (default) or json"),
      { flags: "--site <site>", help: "hold the feeds of each rack against the racks of this site" },
    ],
    examples: ["netbox device-types/Nvidia/QM9700.yaml", "netbox panels.yaml feeds.yaml --site lab"],
    run: async (file, options, io, further) =>
      (await import("./commands/netbox.ts")).netbox([...(file === undefined ? [] : [file]), ...further], options, io),
  },
  {
    name: "curtail",
    group: SEE,
    argument: SITE,
    summary: "a call to draw less, as a DSX Flex load target",
    options: [
      { flags: "--agreement <id>", help: "which agreement, where there are several" },
      { flags: "--start <time>", help: "when it starts, in UTC (default: now, until it is replaced)" },
    ],
    examples: ["curtail lab", "curtail lab --agreement demand-response --start 2027-01-15T17:00:00Z"],
    run: async (site, options, io) => (await import("./commands/curtail.ts")).curtail(site, options, io),
  },
  {
    name: "size",
    group: SEE,
    argument: SITE,
    summary: "the ways to serve its endpoints, what each buys, why not",
    options: [
      { flags: "--endpoint <id>", help: "only this endpoint (default: all)" },
      { flags: "--pool <ids>", help: "only on these pools, open or not (default: all open)", many: true },
      format("text (default) or json"),
    ],
    examples: [
      "size lab",
      "size lab --endpoint llama-70b",
      "size aws-ohio --endpoint llama-70b --pool h100,h200",
      "size independence-mo --pool bridge --pool plant-1 --format json",
    ],
    run: async (site, options, io) => (await import("./commands/size.ts")).size(site, options, io),
  },
  {
    name: "traffic",
    group: SEE,
    argument: ["file", "a trace of requests: CSV with a header, or JSON Lines"],
    summary: "rate and lengths of a trace of requests, for a blueprint",
    options: [
      { flags: "--time-unit <unit>", help: "of times that are numbers: s (default), ms, us" },
      format("text (default) or json"),
    ],
    examples: ["traffic requests.csv", "traffic trace.jsonl --time-unit ms", "traffic requests.csv --format json"],
    run: async (file, options, io) => (await import("./commands/traffic.ts")).traffic(file, options, io),
  },
  {
    name: "fabric",
    group: SEE,
    argument: SITE,
    summary: "switches, cables and failures of a site's fabrics, or of any",
    options: [
      { flags: "--system <system>", help: "system of the catalog" },
      { flags: "--nodes <count>", help: "nodes: systems, or trays of a rack" },
      { flags: "--switch <switch>", help: "switch of the catalog, for all tiers" },
      { flags: "--planes <count>", help: "fabrics that each port is split over (1)" },
      { flags: "--oversubscription <ratio>", help: "node side over spine side of a leaf (1:1)" },
      { flags: "--leaf-per-rack-per-rail", help: "a leaf for each rail of each rack" },
      { flags: "--ufm", help: "the fabric manager takes the place of a node" },
      { flags: "--architecture <name>", help: "an enterprise reference architecture instead" },
      { flags: "--units <count>", help: "its scalable units" },
      { flags: "--fabric <fabric>", help: "fabric of the site (its first)" },
      { flags: "--building <building>", help: "building of the site (its first)" },
      { flags: "--list <what>", help: "cables, netbox, lldp, addresses, bill, failures: CSV; picture: SVG" },
      { flags: "--lldp <file>", help: "hold what LLDP saw against the plan" },
      format("text (default) or json"),
    ],
    examples: [
      "fabric --system dgx-h100 --nodes 127 --switch qm9700 --ufm",
      "fabric --system dgx-b300 --nodes 128 --switch sn5600 --planes 2 --format json",
      "fabric --system gb300-nvl72 --nodes 144 --switch q3400-ra --leaf-per-rack-per-rail",
      "fabric --architecture 2-8-9-800 --units 4",
      "fabric lab",
      "fabric lab --fabric compute --list cables > cables.csv",
      "fabric lab --list picture > fabric.svg",
      "fabric lab --lldp seen.csv",
    ],
    run: async (site, options, io) => (await import("./commands/fabric.ts")).fabric(site, options, io),
  },
  {
    name: "explain",
    group: SEE,
    argument: ["name", "a rule, a gate, a study, or a field of the blueprint"],
    summary: "why a rule is there, what a gate asks for, or what a field means",
    options: [],
    examples: ["explain power/firm-supply", "explain nvlink", "explain pools.powerBudget", "explain"],
    run: async (name, _options, io) => (await import("./commands/explain.ts")).explain(name, io),
  },
  {
    name: "predict",
    group: SEE,
    argument: null,
    summary: "latency, throughput, memory and power of operating points",
    options: [
      { flags: "--input <file>", help: "CSV of points (default: standard input)" },
      { flags: "--output <file>", help: "the same rows with answers (default: standard output)" },
      { flags: "--model-config <file>", help: "config.json of a model that is not in the catalog" },
      { flags: "--model-name <name>", help: "rows that the config is of (default: all)" },
    ],
    examples: ["predict --input points.csv --output out.csv", "predict --input points.csv --model-config config.json"],
    run: async (_argument, options, io) => (await import("./commands/predict.ts")).predict(options, io),
  },
  {
    name: "render",
    group: BUILD,
    argument: SITE,
    summary: "manifests to a folder, with neither engine nor state",
    options: [{ flags: "--output <folder>", help: "another folder than .millrace/<site>/manifests" }, ...JUDGE],
    examples: ["render lab", "render lab --output manifests"],
    run: async (site, options, io) => (await import("./commands/render.ts")).render(site, options, io),
  },
  {
    name: "preview",
    group: BUILD,
    argument: SITE,
    summary: "what the engine would change; applies nothing",
    options: JUDGE,
    examples: ["preview lab"],
    run: async (site, options, io) => (await import("./commands/operate.ts")).operate("preview", site, options, io),
  },
  {
    name: "up",
    group: BUILD,
    argument: SITE,
    summary: "plan, judge, and build with the Pulumi engine",
    options: JUDGE,
    examples: ["up lab", "up independence-mo"],
    run: async (site, options, io) => (await import("./commands/operate.ts")).operate("up", site, options, io),
  },
  {
    name: "destroy",
    group: BUILD,
    argument: SITE,
    summary: "take down what was built; the site's name is the consent",
    options: [],
    examples: ["destroy lab"],
    run: async (site, options, io) => (await import("./commands/destroy.ts")).destroy(site, options, io),
  },
  {
    name: "init",
    group: SET_UP,
    argument: ["site", "name of the new site"],
    summary: "a new stacks/<site>/site.yaml to fill in",
    options: [],
    examples: ["init mill-creek"],
    run: async (site, options, io) => (await import("./commands/init.ts")).init(site, options, io),
  },
  {
    name: "engine",
    group: SET_UP,
    argument: null,
    summary: "get the Pulumi engine; print how stock pulumi finds it",
    options: [],
    examples: ["engine", "engine > engine.sh && . ./engine.sh"],
    run: async (_argument, options, io) => (await import("./commands/engine.ts")).engine(options, io),
  },
];
