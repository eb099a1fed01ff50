/** A value of the file with its path. */
export interface Found {
  readonly value: unknown;
  readonly path: string;
}

/** What a selector finds; `complete` is false where a part on the way is missing or of the wrong kind. */
export interface Selected {
  readonly found: readonly Found[];
  readonly complete: boolean;
}

/**
 * Values by selector, as in "phases[].buildings[]", from data that may not fit the schema: what is there is found, so
 * that one fault does not hide the others, and what is not there proves nothing.
 */
export function select(root: unknown, selector: string): Selected {
  let selected: Selected = { found: [{ value: root, path: "" }], complete: true };
  for (const part of selector.split(".")) {
    const [key = "", ...lists] = part.split("[]");
    selected = follow(selected, ({ value, path }) => childOf(value, path, key));
    for (const _ of lists) selected = follow(selected, ({ value, path }) => itemsOf(value, path));
  }
  return selected;
}

/** Only the texts of a selection. */
export function selectTexts(
  root: unknown,
  selector: string,
): { readonly found: readonly FoundText[]; readonly complete: boolean } {
  const { found, complete } = select(root, selector);
  const texts = found.filter((each): each is FoundText => typeof each.value === "string");
  return { found: texts, complete: complete && texts.length === found.length };
}
export interface FoundText extends Found {
  readonly value: string;
}

function follow({ found, complete }: Selected, step: (from: Found) => readonly Found[] | null): Selected {
  const steps = found.map(step);
  return { found: steps.flatMap((each) => each ?? []), complete: complete && !steps.includes(null) };
}

function childOf(value: unknown, path: string, key: string): readonly Found[] | null {
  if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) return null;
  return [{ value: (value as Readonly<Record<string, unknown>>)[key], path: path === "" ? key : `${path}.${key}` }];
}

function itemsOf(value: unknown, path: string): readonly Found[] | null {
  return Array.isArray(value)
    ? value.map((item: unknown, index) => ({ value: item, path: `${path}[${index}]` }))
    : null;
}
