/** A catalog entry that tables and checkpoints call by more than one name. */
export interface Named {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  /** Repository of the checkpoint, where it is a model. */
  readonly huggingFace?: string;
}

/** The entry that a table or checkpoint calls by this name: its id, name, repository or a listed alias, in any case. */
export function byName<T extends Named>(entries: ReadonlyMap<string, T>, name: string): T | undefined {
  const wanted = name.trim().toLowerCase();
  return (
    entries.get(wanted) ??
    [...entries.values()].find((entry) =>
      [entry.id, entry.name, entry.huggingFace, ...entry.aliases].some((each) => each?.toLowerCase() === wanted),
    )
  );
}
