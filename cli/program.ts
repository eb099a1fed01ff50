import tab from "@bomb.sh/tab/commander";
import { Command, CommanderError } from "commander";
import { inert } from "../components/site/show-fault.ts";
import packageJson from "../package.json" with { type: "json" };
import { COMMANDS, type CommandSpec, type Options, SET_UP } from "./commands.ts";
import { completeSites } from "./completion.ts";
import { EXIT, type Io } from "./io.ts";

const COMPLETION = "completion";
const GETTING_STARTED = `
Start here:
  millrace plan lab                     what a pod of eight racks draws
  millrace check independence-mo        what of a gigawatt campus is proved
  millrace up lab                       build it with the real Pulumi engine
  millrace check lab --format markdown  a comment for a pull request

Exit codes:
  0 proved, or done · 1 violated · 2 unproved · 3 bad input · 4 engine failed`;

/** Reads the arguments and runs their command: its exit code. */
export async function runProgram(args: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.proved;
  const program = emptyProgram(io);
  for (const spec of COMMANDS) {
    addCommand(program, spec, async ([argument, ...further], options) => {
      code = await spec.run(argument, options, io, further);
    });
  }
  completeSites(tab(program, { completionCommandName: COMPLETION }));
  program.commands
    .find((command) => command.name() === COMPLETION)
    ?.helpGroup(SET_UP)
    .description("completion for bash, zsh, fish or powershell");
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.proved : EXIT.badInput;
  }
  return code;
}

function emptyProgram(io: Io): Command {
  return new Command("millrace")
    .description("Infrastructure as code for AI factories, from megawatts to tokens")
    .usage("<command> [site] [options]")
    .version(packageJson.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help, or that of a command")
    .option("--cwd <folder>", "folder that holds stacks/ (default: this one)")
    .helpCommand(false)
    .configureHelp({ helpWidth: 80, showGlobalOptions: true, subcommandTerm: termOf })
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.err(text.trimEnd()),
      outputError: (text, write) =>
        write(
          text
            .split("\n")
            .map((line) => inert(line))
            .join("\n"),
        ),
    })
    .addHelpText("after", GETTING_STARTED)
    .showHelpAfterError("see millrace --help")
    .exitOverride();
}

/** A command in the list: its name and what it takes; its options are told by its own help. */
const termOf = (command: Command): string =>
  [command.name(), ...command.registeredArguments.map((argument) => `<${argument.name()}>`)].join(" ");

/** What an option was given, several times or between commas. */
const gathered = (text: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  ...text.split(","),
];

function addCommand(
  program: Command,
  { name, group, argument, summary, options, examples }: CommandSpec,
  run: (args: readonly string[], options: Options) => Promise<void>,
): void {
  const command = program
    .command(name)
    .description(summary)
    .helpGroup(group)
    .addHelpText("after", `\nExamples:\n${examples.map((call) => `  millrace ${call}`).join("\n")}`);
  if (argument !== null) command.argument(`[${argument[0]}]`, argument[1]);
  for (const { flags, help, many } of options) {
    if (many) command.option(flags, help, gathered);
    else command.option(flags, help);
  }
  command.action(async () => run(command.args, command.optsWithGlobals<Options>()));
}
