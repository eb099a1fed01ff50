/** What getting an engine has to say while it works; the command line draws it, tests collect it. */
export type ProgressEvent =
  | { readonly kind: "step"; readonly text: string }
  | { readonly kind: "detail"; readonly text: string }
  | { readonly kind: "share"; readonly done: number; readonly of: number; readonly text: string };

export type Progress = (event: ProgressEvent) => void;
