import { fc, test as property } from "@fast-check/vitest";
import { expect } from "vitest";
import { inertJson } from "../../cli/format/inert-json.ts";

const letter = fc.oneof(
  fc.constantFrom("\u202e", "\u0085", "\u200b", "\ufeff", "\u2066", "\\", '"'),
  fc.string({ unit: "binary", maxLength: 3 }),
);

property.prop([fc.array(letter).map((letters) => letters.join(""))])(
  "holds the same, and nothing a terminal acts on",
  (value) => {
    const json = inertJson(JSON.stringify({ [value]: value }));
    expect(JSON.parse(json)).toEqual({ [value]: value });
    expect(json).not.toMatch(/\p{Cc}|[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u);
  },
);
