import { readFileSync } from "node:fs";

export type Row = Readonly<Record<string, string>>;

/** Rows of a table under test/data: RFC 4180 quoting, no line breaks inside a field. */
export function table(name: string): readonly Row[] {
  const [header = "", ...lines] = readFileSync(new URL(`../data/${name}`, import.meta.url), "utf8")
    .trim()
    .split(/\r?\n/);
  const columns = fieldsOf(header);
  return lines.map((line) => Object.fromEntries(fieldsOf(line).map((value, index) => [columns[index] ?? "", value])));
}

const fieldsOf = (line: string): readonly string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'),
  );
