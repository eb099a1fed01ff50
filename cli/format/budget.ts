/** A part of a comment: what opens it, its items, what closes it. */
export interface Section {
  readonly opening: string;
  readonly items: readonly string[];
  readonly closing: string;
  /** Said in place of what is cut: "violated". */
  readonly name: string;
}

/** A comment takes 65,536 characters; bytes are never fewer, and what others add needs room as well. */
const MAX_BYTES = 60_000;
/** Kept free for what is said of the items that are cut. */
const NOTE_BYTES = 200;

/** The head, then as many whole items as fit, section by section; what was cut is counted and named. */
export function withinBudget(head: string, sections: readonly Section[]): string {
  let left = MAX_BYTES - bytesOf(head) - sections.reduce((sum, section) => sum + frameOf(section), 0);
  const shown = sections.map((section) => {
    const kept: string[] = [];
    for (const item of section.items) {
      if (bytesOf(item) > left) break;
      left -= bytesOf(item);
      kept.push(item);
    }
    const cut = section.items.length - kept.length;
    const note = cut === 0 ? [] : [`- … and ${cut} more ${section.name}, not shown for their size`];
    return [section.opening, [...kept, ...note].join("\n"), section.closing].filter((part) => part !== "").join("\n\n");
  });
  return [head, ...shown].join("\n\n");
}

const frameOf = ({ opening, closing }: Section): number => bytesOf(opening) + bytesOf(closing) + NOTE_BYTES;
const bytesOf = (text: string): number => Buffer.byteLength(text) + 2;
