import { expect, test } from "vitest";
import { PLAIN } from "../../cli/colours.ts";
import { runProgram } from "../../cli/program.ts";
import { sitesFolder } from "../support/session.ts";
import { siteText } from "../support/sites.ts";

const folder = sitesFolder({ broken: siteText("lab").replace("system: gb300-nvl72", "system: gb300-nvl7") });

async function told(line: string) {
  const sides = { out: [] as string[], err: [] as string[] };
  const io = {
    out: (text: string) => sides.out.push(text),
    err: (text: string) => sides.err.push(text),
    draw: () => undefined,
    colours: PLAIN,
    live: false,
  };
  const code = await runProgram([...line.split(" "), "--cwd", folder], io);
  return { code, out: sides.out.join("\n"), err: sides.err.join("\n") };
}

const COMMANDS = ["plan", "check", "failures", "size", "fabric"];

test.each(COMMANDS)(
  "%s tells faults of the blueprint as JSON where JSON is asked for, in the frame of its format",
  async (command) => {
    const { code, out, err } = await told(`${command} broken --format json`);
    expect([code, err]).toEqual([3, ""]);
    expect(JSON.parse(out)).toEqual({
      apiVersion: `millrace/${command}/v1`,
      site: "broken",
      verdict: "bad-input",
      faults: [
        expect.objectContaining({
          got: "gb300-nvl7",
          fix: expect.stringContaining("gb300-nvl72"),
          at: expect.objectContaining({
            file: expect.stringMatching(/stacks\/broken\/site\.yaml$/),
            line: expect.any(Number),
            column: expect.any(Number),
          }),
        }),
      ],
    });
  },
);

test.each(COMMANDS)("%s tells them as text on the side of errors else", async (command) => {
  const { code, out, err } = await told(`${command} broken`);
  expect([code, out]).toEqual([3, ""]);
  expect(err).toMatch(/stacks\/broken\/site\.yaml:\d+:\d+/);
});
