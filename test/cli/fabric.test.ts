import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { PLAIN } from "../../cli/colours.ts";
import { Problem } from "../../cli/problem.ts";
import { runProgram } from "../../cli/program.ts";
import { golden, sitesFolder } from "../support/session.ts";

const folder = sitesFolder();

/** What a call prints, in this process: a dozen of them cost less than one of their own. */
async function told(line: string): Promise<{ readonly text: string; readonly code: number }> {
  const parts: string[] = [];
  const write = (text: string) => parts.push(text);
  try {
    const io = { out: write, err: write, draw: () => undefined, colours: PLAIN, live: false };
    const code = await runProgram([...line.split(" "), "--cwd", folder], io);
    return { text: parts.join("\n"), code };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { text: error.mistakes.join("\n"), code: 3 };
  }
}

async function shown(...lines: readonly string[]): Promise<string> {
  const parts: string[] = [];
  for (const line of lines) {
    const { text, code } = await told(line);
    parts.push(`$ millrace ${line}\n${text}\n--- exit ${code}\n`);
  }
  return parts.join("\n");
}

test("by system and switch and by architecture, and what is wrong with either", async () => {
  const [h100, mistaken] = ["--system dgx-h100 --switch qm9700", "--switch qm9700 --nodes 8"];
  await golden(
    "cli/fabric.txt",
    await shown(
      `fabric ${h100} --nodes 127 --ufm`,
      `fabric ${h100} --nodes 127 --format json`,
      "fabric --system gb300-nvl72 --switch q3400-ra --nodes 144 --leaf-per-rack-per-rail",
      "fabric --architecture 2-8-9-800 --units 4",
      "fabric --architecture 2-8-9-400-v03 --units 4",
      "fabric --architecture 2-8-5-200 --units 6 --format json",
      "fabric",
      `fabric --system dgx-h10 ${mistaken}`,
      "fabric --system dgx-h100 --switch qm970 --nodes 8",
      `fabric --system dgx-b300 ${mistaken}`,
      `fabric --system vera-rubin-nvl72 ${mistaken}`,
      `fabric ${h100} --nodes 8193`,
      `fabric ${h100} --nodes 1e3`,
      `fabric ${h100} --nodes 8 --oversubscription 0.5`,
      "fabric --architecture 2-8-9 --units 4",
      "fabric --architecture 2-8-9-800 --units 4 --planes 2",
      `fabric ${h100} --nodes 8 --units 4`,
      `fabric ${h100} --nodes 8 --list bill`,
      `fabric ${h100} --nodes 8 --list bil`,
      `fabric ${h100} --nodes 8 --fabric compute`,
    ),
  );
});

test("the fabrics of a site and their lists", async () => {
  await golden(
    "cli/fabric-lab.txt",
    await shown(
      "fabric lab",
      "fabric lab --format json",
      "fabric lab --list bill",
      "fabric lab --fabric converged --list failures",
      "fabric lab --fabric out-of-band --list cables",
      "fabric lab --building lob --list cables",
      "fabric lab --nodes 4",
    ),
  );
});

test.each(["cables", "netbox", "lldp", "addresses"])("the list of %s", async (list) => {
  const rows = (await told(`fabric lab --fabric converged --list ${list}`)).text.split("\n");
  await golden(`cli/fabric-lab-${list}.csv`, `${[...rows.slice(0, 6), ...rows.slice(-4)].join("\n")}\n`);
});

describe("what LLDP saw", async () => {
  const [head = "", first = "", second = "", ...rest] = (await told("fabric lab --list lldp")).text.split("\n");
  const ends = (line: string) => line.split(",");
  const seeing = (line: string, other: string) => [...ends(line).slice(0, 2), ...ends(other).slice(2)].join(",");
  const checked = (...rows: readonly string[]) => {
    const path = join(folder, "seen.csv");
    writeFileSync(path, rows.join("\n"));
    return told(`fabric lab --lldp ${path}`);
  };

  test("as planned", async () => {
    const { text, code } = await checked(head, first, second, ...rest);
    expect([text, code]).toEqual([`${rest.length + 2} ports as planned · 0 not · 0 cables unseen`, 0]);
  });

  test("swapped", async () => {
    const { text, code } = await checked(head, seeing(first, second), seeing(second, first), ...rest);
    expect([text.match(/line \d+ {2}swapped/g), code]).toEqual([["line 2  swapped", "line 3  swapped"], 1]);
  });

  test("in part: what is not seen is not proved, and the first of it is named", async () => {
    const { text, code } = await checked(head, first);
    expect([text.split("\n")[0], code]).toEqual(["1 ports as planned · 0 not · 2687 cables unseen", 2]);
    expect(text).toContain("\n  and 2667 more");
  });

  test.each([
    ["another head", ["a,b"], ":1: got a,b · allowed the head device,port,neighbor,neighbor_port"],
    ["too few cells", [head, "a,b"], ":2: got a,b · allowed four cells"],
    ["an empty file", [""], ":1: got nothing"],
  ])("%s is bad input", async (_what, rows, told) => {
    const { text, code } = await checked(...rows);
    expect([text.includes(told), code]).toEqual([true, 3]);
  });

  test("no file is bad input", async () => {
    expect(await told(`fabric lab --lldp ${join(folder, "none.csv")}`)).toMatchObject({ code: 3 });
  });
});
