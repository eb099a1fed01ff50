/** A mistake on the command line, as data: shown in one line, exit 3. */
export class Problem extends Error {
  constructor(what: string, got: string, allowed: string, fix: string) {
    super(`${what}: got ${got} · allowed ${allowed} · fix: ${fix}`);
    this.name = "Problem";
  }
}
