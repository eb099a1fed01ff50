import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadSite, readSite } from "../../components/site/load.ts";
import { MINIMAL_KNOWN, MINIMAL_SITE, minimalWith } from "../support/minimal-site.ts";

const reading = (text: string) => readSite(text, "site.yaml", MINIMAL_KNOWN);

/** Problems with their line and column. */
function placed(text: string): readonly string[] {
  const { source, ...read } = reading(text);
  const faults = read.ok ? [] : read.faults;
  return faults.map(({ path, problem, atKey }) => {
    const { line, column } = source.locate(path, atKey === true ? "key" : "value");
    return `${line}:${column} ${problem}`;
  });
}

describe("text that no parser is given", () => {
  test.each([
    ["NUL", "Mill\u0000Creek", "3:13 control character"],
    ["a bell", "Mill\u0007Creek", "3:13 control character"],
    ["a lone carriage return", "Mill\rCreek", "3:13 control character"],
    ["text turned around", "Mill\u202eCreek", "3:13 control character"],
    ["an isolate", "Mill\u2066Creek", "3:13 control character"],
    ["a mark of order within", "Mill\ufeffCreek", "3:13 control character"],
    ["half a pair", "Mill\ud800Creek", "3:13 control character"],
    ["a byte that is no UTF-8", "Mill\ufffdCreek", "3:13 not UTF-8"],
    ["a line of 2,001 characters", "x".repeat(1_993), "3:1 line is too long"],
  ])("%s", (_, name, problem) => {
    expect(placed(minimalWith(["Mill Creek", name]))).toEqual([problem]);
  });

  test("a line of 2,000 characters is parsed", () => {
    expect(placed(minimalWith(["Mill Creek", "x".repeat(1_992)]))).toEqual(["3:9 too long"]);
  });

  test("more than a mebibyte", () => {
    const comment = `# ${"x".repeat(1_000)}\n`;
    expect(placed(MINIMAL_SITE + comment.repeat(1_040))).toEqual([]);
    expect(placed(MINIMAL_SITE + comment.repeat(1_050))).toEqual(["1:1 file is too large"]);
  });

  test("more than 50,000 lines", () => {
    expect(placed(MINIMAL_SITE + "\n".repeat(49_000))).toEqual([]);
    expect(placed(MINIMAL_SITE + "\n".repeat(50_000))).toEqual(["1:1 too many lines"]);
  });

  test("brackets open 33 deep, but not in a comment or a text", () => {
    expect(placed(`a: ${"[".repeat(33)}`)).toEqual(["1:36 nested too deep"]);
    const brackets = "[".repeat(40);
    expect(placed(minimalWith(["name: Mill Creek", `name: "${brackets}" # ${brackets}`]))).toEqual([]);
  });

  test("more parts than a blueprint has", () => {
    expect(placed("} ".repeat(900).concat("\n").repeat(500)).at(0)).toMatch(/ too many parts$/);
  });
});

describe("YAML that a blueprint does not use", () => {
  test.each([
    ["an anchor", "capacity: &a owned", ["36:60 anchor"]],
    ["an alias", "capacity: *a", ["36:57 alias"]],
    ["a tag", "capacity: !!js/function owned", ["36:71 tag"]],
    ["a tag of the core", 'capacity: !!str "owned"', ["36:63 tag"]],
    ["a key twice", "capacity: owned, capacity: spot", ["36:64 key stands twice"]],
    ["__proto__", "capacity: owned, __proto__: { polluted: true }", ["36:64 reserved key"]],
    ["constructor", "capacity: owned, constructor: x", ["36:64 reserved key"]],
    ["a number for a key", "capacity: owned, 1: x", ["36:64 key is no plain word"]],
    ["a list for a key", "capacity: owned, [a]: x", ["36:64 key is no plain word"]],
    ["a merge key", "capacity: owned, <<: { a: b }", ["36:64 unknown key"]],
    ["control characters by escape", 'capacity: "\\u202eowned"', ["36:57 control character"]],
    ["half a pair by escape", 'capacity: "\\ud800"', ["36:57 control character"]],
    ["a key with a control character", 'capacity: owned, "\\e[31m": x', ["36:64 control character"]],
  ])("%s", (_, by, problems) => {
    expect(placed(minimalWith(["capacity: owned", by]))).toEqual(problems);
  });

  test.each([
    ["a second document", `${MINIMAL_SITE}---\na: b\n`, ["81:1 more than one document"]],
    ["YAML 1.1", `%YAML 1.1\n---\n${MINIMAL_SITE}`, ["1:1 directive"]],
    ["nothing", "", ["1:1 nothing in the file"]],
    ["a comment alone", "# nothing yet\n", ["1:1 nothing in the file"]],
    ["a list at the top", "- a\n- b\n", ["1:1 wrong kind of value"]],
    ["a text at the top", "blueprint\n", ["1:1 wrong kind of value"]],
    [
      "blocks 40 deep",
      Array.from({ length: 40 }, (_, level) => `${" ".repeat(level)}a:`).join("\n"),
      expect.arrayContaining(["34:34 nested too deep"]),
    ],
    ["dashes 40 deep", "- ".repeat(40), ["1:1 wrong kind of value", "1:67 nested too deep"]],
  ])("%s", (_, text, problems) => {
    expect(placed(text)).toEqual(problems);
  });

  test("faults of the tree and of the shape come in one run", () => {
    expect(
      placed(minimalWith(["capacity: owned", "capacity: &a owned"], ["state: permitted", "state: permited"])),
    ).toEqual(["28:12 not one of the words allowed", "36:60 anchor"]);
  });

  test("nothing leaks into objects that others use", () => {
    reading(minimalWith(["capacity: owned", "capacity: owned, __proto__: { polluted: true }"]));
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test("a billion laughs are not laughed", () => {
    const laughs = ["a0: &a0 [ha]"];
    for (let index = 1; index < 30; index++) {
      laughs.push(`a${index}: &a${index} [${Array.from({ length: 9 }, () => `*a${index - 1}`).join(", ")}]`);
    }
    expect(placed(laughs.join("\n"))).toEqual(expect.arrayContaining(["1:9 anchor", "2:9 anchor", "2:10 alias"]));
  });
});

describe("syntax", () => {
  test.each([
    ["capacity: [owned", "bracket not closed"],
    ['capacity: "owned', "quote not closed"],
    ["capacity: @owned", "reserved character"],
    ['capacity: "\\q"', "unknown escape"],
    ["capacity: 'a' b", "unexpected text"],
  ])("%s", (by, problem) => {
    expect(placed(minimalWith(["capacity: owned", by]))[0]).toMatch(new RegExp(`^\\d+:\\d+ ${problem}$`));
  });

  test.each([
    ["  place: Anytown: Ohio", "4:10 second key in one value"],
    ["\tplace: Anytown", "4:1 tab in the indentation"],
    ["   place: Anytown", "3:9 second key in one value"],
    [" place: Anytown", "4:1 bad indentation"],
    ["  place", "4:3 key without a value"],
  ])("%j", (by, problem) => {
    expect(placed(minimalWith(["  place: Anytown, Ohio, US", by]))[0]).toBe(problem);
  });

  test.each([
    ["buildings: [old]", "buildings: [b{1..2}]", "comma missing"],
    ["kind: kubernetes, context", "kind: kubernetes context", "comma missing"],
    ["  - rule:", "  -rule:", "second key in one value"],
    ["pools:", "pools", "key without a value"],
  ])("%s → %s", (piece, by, problem) => {
    expect(placed(minimalWith([piece, by]))[0]).toMatch(new RegExp(`^\\d+:\\d+ ${problem}$`));
  });

  test("a mistake that spoils the lines after it is told once", () => {
    expect(placed(minimalWith(["  - rule:", "  -rule:"]))).toEqual(["65:10 second key in one value"]);
  });

  test("several at once, each at its place", () => {
    const text = minimalWith(["place: Anytown, Ohio", "place: @Anytown"], ["reason: chosen", "reason: `chosen"]);
    expect(placed(text)).toEqual(["4:10 reserved character", "67:13 reserved character"]);
  });
});

describe("files", () => {
  const folder = mkdtempSync(join(tmpdir(), "millrace-site-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const written = (name: string, bytes: string | Uint8Array) => {
    writeFileSync(join(folder, name), bytes);
    return loadSite(join(folder, name), MINIMAL_KNOWN);
  };

  test("a blueprint", () => {
    expect(written("good.yaml", MINIMAL_SITE)).toMatchObject({ ok: true, source: { text: MINIMAL_SITE } });
  });

  test("with a mark of order and line ends of Windows", () => {
    const read = written("windows.yaml", `\ufeff${MINIMAL_SITE.replaceAll("\n", "\r\n")}`);
    expect(read.ok && read.site).toEqual(reading(MINIMAL_SITE).ok && (reading(MINIMAL_SITE) as { site: unknown }).site);
    expect(read.source.locate("site.name")).toMatchObject({ line: 3, column: 9 });
  });

  test("not UTF-8, with the place of the byte", () => {
    const latin = Buffer.from(MINIMAL_SITE.replace("Mill Creek", "M\u00fchlbach"), "latin1");
    const read = written("latin.yaml", latin);
    expect(read).toMatchObject({ ok: false, faults: [{ path: "@3:10", problem: "not UTF-8", got: "U+FFFD" }] });
    expect(written("utf16.yaml", Buffer.from(`\ufeff${MINIMAL_SITE}`, "utf16le"))).toMatchObject({
      faults: [{ path: "@1:1", problem: "not UTF-8" }],
    });
  });

  test("larger than is read at all", () => {
    expect(written("large.yaml", new Uint8Array(2_000_000))).toMatchObject({
      faults: [{ problem: "file is too large", got: "2000000 bytes", allowed: "at most 1048576" }],
    });
  });

  test.each([
    ["missing.yaml", "no such file"],
    ["good.yaml/site.yaml", "no such folder"],
    [".", "something else than a file"],
  ])("%s", (name, got) => {
    written("good.yaml", MINIMAL_SITE);
    const read = loadSite(`${folder}/${name}`, MINIMAL_KNOWN);
    expect(read).toMatchObject({ ok: false, faults: [{ path: "", problem: "file cannot be read", got }] });
    expect(read.source.locate("")).toEqual({ file: `${folder}/${name}`, line: 1, column: 1 });
  });
});
