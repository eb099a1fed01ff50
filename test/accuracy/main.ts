import { writeFileSync } from "node:fs";
import { accuracy } from "./accuracy.ts";
import { constantsFile, page } from "./page.ts";

/** `npm run accuracy`: refits on every split and prints; with `--write`, keeps the page and the constants. */
const PAGE = new URL("../../components/serving/ACCURACY.md", import.meta.url);
const CONSTANTS = new URL("../../components/serving/capacity/constants.json", import.meta.url);

const result = accuracy();
const text = page(result);
console.log(text);
if (process.argv.includes("--write")) {
  writeFileSync(PAGE, text);
  writeFileSync(CONSTANTS, constantsFile(result));
}
