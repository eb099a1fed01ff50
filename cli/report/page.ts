import type { Table } from "../format/table.ts";
import { escapeHtml } from "./escape.ts";

/** A part of the page: a picture that we drew, with a line that says how to read it; or a table, or text. */
export type Part =
  | { readonly title: string; readonly svg: string; readonly reading: string }
  | { readonly title: string; readonly body: Table | string };

export interface Page {
  readonly title: string;
  /** One line under the title: digest, target. */
  readonly about: string;
  readonly parts: readonly Part[];
}

/** One HTML document that needs nothing else: no script, no file, no address. */
export const htmlPage = ({ title, about, parts }: Page): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p class="about">${escapeHtml(about)}</p>
${parts.map(section).join("\n")}
</body>
</html>`;

const section = (part: Part): string =>
  `<section>\n<h2>${escapeHtml(part.title)}</h2>\n${"svg" in part ? picture(part) : bodyOf(part.body)}\n</section>`;

const picture = ({ svg, reading }: { readonly svg: string; readonly reading: string }): string =>
  `<figure>${svg}<figcaption>${escapeHtml(reading)}</figcaption></figure>`;

const bodyOf = (body: Table | string): string =>
  typeof body === "string" ? `<pre>${escapeHtml(body)}</pre>` : htmlTable(body);

function htmlTable({ head, rows }: Table): string {
  const right = head.map((title) => title.startsWith(">"));
  const cell = (tag: "th" | "td") => (text: string, column: number) =>
    `<${tag}${right[column] ? ' class="right"' : ""}>${escapeHtml(text)}</${tag}>`;
  const titles = head.map((title) => title.replace(/^>/, ""));
  const body = rows.map((row) => `<tr>${row.map(cell("td")).join("")}</tr>`).join("\n");
  return `<table>\n<thead><tr>${titles.map(cell("th")).join("")}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
}

const STYLE = `
:root { color-scheme: light; }
body { font: 15px/1.45 system-ui, sans-serif; color: #1d1d1f; background: #fff; margin: 2rem auto; max-width: 76rem; padding: 0 1.5rem; }
h1 { margin: 0 0 .2rem; font-size: 1.6rem; }
h2 { margin: 2rem 0 .6rem; font-size: 1.1rem; }
.about { color: #555; margin: 0; font-variant-numeric: tabular-nums; }
figure { margin: 0; overflow-x: auto; }
figure svg { max-width: 100%; height: auto; }
figcaption { color: #555; font-size: .85rem; margin-top: .4rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .9rem .25rem 0; text-align: left; border-bottom: 1px solid #e4e4e7; vertical-align: top; }
th { font-weight: 600; border-bottom-color: #999; }
.right { text-align: right; }
`;
