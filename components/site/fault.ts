/** A mistake in the blueprint, as data; text is made when it is shown. */
export interface Fault {
  /**
   * Path in the file: "pools[0].system". The position is looked up late, from the node or its nearest ancestor. Where
   * the text itself is at fault and no path leads there, its place: "@12:5" is line 12, column 5.
   */
  readonly path: string;
  /** What is wrong, in lower case, without a full stop. */
  readonly problem: string;
  readonly got: string;
  readonly allowed: string;
  readonly fix: string;
  /** Point at the key rather than the value: an unknown key. */
  readonly atKey?: true;
}

/** A place in a file, 1-based. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
