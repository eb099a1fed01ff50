/** What would steer a terminal or turn text around, and JSON lets stand as it is. */
const UNSAFE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** The same JSON document, with escapes for what a terminal would act on. */
export const inertJson = (json: string): string =>
  json.replace(UNSAFE, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
