import { existsSync, linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Puts a file in place of what stands there: made beside, then renamed, so that nobody finds it half. */
export function replaceWhole(file: string, make: (beside: string) => void): void {
  beside(file, (path) => {
    make(path);
    renameSync(path, file);
  });
}

/** Writes a new file, there whole or not at all; false where one stands there already, which is left as it is. */
export function createWhole(file: string, text: string, mode: number): boolean {
  return beside(file, (path) => {
    writeFileSync(path, text, { mode });
    try {
      linkSync(path, file);
      return true;
    } catch (error) {
      if (!existsSync(file)) throw error;
      return false;
    }
  });
}

function beside<Result>(file: string, work: (path: string) => Result): Result {
  const path = `${file}.${process.pid}.partial`;
  mkdirSync(dirname(file), { recursive: true });
  try {
    return work(path);
  } finally {
    rmSync(path, { force: true });
  }
}
