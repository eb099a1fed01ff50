import tab from "@bomb.sh/tab/commander";
import { Command, CommanderError } from "commander";
import packageJson from "../package.json" with { type: "json" };
import { rootFolder, sitesIn } from "./choice.ts";
import { EXIT, type Io } from "./io.ts";

const GETTING_STARTED = `
Start here:
  millrace plan lab                      what eight racks draw and serve
  millrace check independence-mo         what of a gigawatt campus is proved
  millrace up lab                        build it with the real Pulumi engine
  millrace check lab --format markdown   the comment for a pull request

Exit codes: 0 proved · 1 violated · 2 unproved · 3 bad input · 4 engine failed`;

const CWD = ["--cwd <folder>", "folder that holds stacks/"] as const;
const AS_OF = ["--as-of <state or date>", "judge every phase by this state, or on this day"] as const;
const PACK_CONFIG = ["--policy-pack-config <file>", "levels of rules, as Pulumi reads them"] as const;

/** The command line: what there is, with examples; each command's code is loaded when it is called. */
export function buildProgram(io: Io): { readonly run: (args: readonly string[]) => Promise<number> } {
  let code: number = EXIT.proved;
  const settle = async (work: Promise<number> | number) => {
    code = await work;
  };
  const program = new Command("millrace")
    .description("Infrastructure as code for AI factories, from megawatts to tokens")
    .version(packageJson.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .configureHelp({ helpWidth: 80, showGlobalOptions: false })
    .configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: (text) => io.err(text.trimEnd()) })
    .addHelpText("after", GETTING_STARTED)
    .showHelpAfterError("see millrace --help")
    .exitOverride();

  program.commandsGroup("See and judge:");
  program
    .command("plan")
    .argument("[site]", "folder under stacks/")
    .description("racks, GPUs, power, cost: the plan of a site")
    .option("--format <format>", "text or json", "text")
    .option(...CWD)
    .addHelpText("after", examples("plan independence-mo", "plan lab --format json"))
    .action((site, options) => settle(import("./commands/plan.ts").then(({ plan }) => plan(site, options, io))));
  program
    .command("check")
    .argument("[site]", "folder under stacks/")
    .description("every rule: proved, violated or unproved, with what to change")
    .option("--format <format>", "text, json, sarif, junit or markdown", "text")
    .option(...AS_OF)
    .option(...PACK_CONFIG)
    .option(...CWD)
    .addHelpText(
      "after",
      examples("check lab", "check independence-mo --as-of online", "check lab --as-of 2027-03-01 --format sarif"),
    )
    .action((site, options) => settle(import("./commands/check.ts").then(({ check }) => check(site, options, io))));
  program
    .command("explain")
    .argument("[name]", "a rule, or a field of the blueprint")
    .description("why a rule is there, or what a field means")
    .addHelpText("after", examples("explain power/firm-supply", "explain pools.powerBudget", "explain"))
    .action((name) => settle(import("./commands/explain.ts").then(({ explain }) => explain(name, io))));

  program.commandsGroup("Build:");
  program
    .command("render")
    .argument("[site]", "folder under stacks/")
    .description("manifests to a folder, with neither engine nor state")
    .option("--output <folder>", "another folder than .millrace/<site>/manifests")
    .option(...AS_OF)
    .option(...PACK_CONFIG)
    .option(...CWD)
    .addHelpText("after", examples("render lab", "render lab --output manifests"))
    .action((site, options) => settle(import("./commands/render.ts").then(({ render }) => render(site, options, io))));
  for (const [operation, description] of OPERATIONS) {
    program
      .command(operation)
      .argument("[site]", "folder under stacks/")
      .description(description)
      .option(...AS_OF)
      .option(...PACK_CONFIG)
      .option(...CWD)
      .addHelpText("after", examples(`${operation} lab`))
      .action((site, options) =>
        settle(import("./commands/operate.ts").then(({ operate }) => operate(operation, site, options, io))),
      );
  }

  program.commandsGroup("Set up:");
  program
    .command("init")
    .argument("[site]", "name of the new site")
    .description("a new stacks/<site>/site.yaml to fill in")
    .option(...CWD)
    .addHelpText("after", examples("init berlin"))
    .action((site, options) => settle(import("./commands/init.ts").then(({ init }) => init(site, options, io))));
  program
    .command("engine")
    .description("get the Pulumi engine; prints how stock pulumi finds it")
    .option(...CWD)
    .addHelpText("after", '\nExamples:\n  eval "$(millrace engine)" && pulumi preview -s lab --policy-pack policies')
    .action((options) => settle(import("./commands/engine.ts").then(({ engine }) => engine(options, io))));
  const completion = tab(program, { completionCommandName: "completion" });
  completeSites(completion);

  return {
    run: async (args) => {
      try {
        await program.parseAsync([...args], { from: "user" });
      } catch (error) {
        if (!(error instanceof CommanderError)) throw error;
        return error.exitCode === 0 ? EXIT.proved : EXIT.badInput;
      }
      if (args.length === 0) program.outputHelp();
      return code;
    },
  };
}

const OPERATIONS = [
  ["preview", "what the engine would change, judged by the policy pack"],
  ["up", "plan, judge, and build with the Pulumi engine"],
  ["destroy", "take down what was built"],
] as const;

const examples = (...calls: readonly string[]): string =>
  `\nExamples:\n${calls.map((call) => `  millrace ${call}`).join("\n")}`;

/** Sites are completed by name where a command takes one. */
function completeSites(completion: ReturnType<typeof tab>): void {
  for (const name of ["plan", "check", "render", "preview", "up", "destroy"]) {
    const argument = completion.commands.get(name)?.arguments.get("site");
    if (argument !== undefined) {
      argument.handler = (complete) => {
        for (const site of sitesHere()) complete(site, "site");
      };
    }
  }
}

/** None where there is no project: completion never complains. */
function sitesHere(): readonly string[] {
  try {
    return sitesIn(rootFolder(undefined));
  } catch {
    return [];
  }
}
