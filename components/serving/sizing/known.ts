import type { Catalog } from "../../catalog/catalog.ts";
import { byName } from "../../catalog/names.ts";
import { shippedKnowledge } from "../capacity/knowledge.ts";
import type { Configuration } from "../capacity/point.ts";
import { type Knowledge, type Predictor, predictor } from "../capacity/predict.ts";

/** The fitted constants, the measured runs of one model on one GPU, and the predictor that stands on them. */
interface Known {
  readonly knowledge: Knowledge;
  readonly predict: Predictor;
}

type Kept = Map<string, unknown>;
const KEPT = new WeakMap<Catalog, Kept>();

/** Runs of other models and GPUs say nothing of this one: only its own are read. */
export const knownOf = (catalog: Catalog, { model, gpu }: Pick<Configuration, "model" | "gpu">): Known =>
  kept(catalog, `known|${model}|${gpu.id}`, () => {
    const rows = catalog
      .measuredServing()
      .filter(
        (row) =>
          byName(catalog.gpus, row.system ?? "")?.id === gpu.id &&
          byName(catalog.models, row.model ?? "")?.id === model,
      );
    const knowledge = shippedKnowledge(rows, catalog);
    return { knowledge, predict: predictor(knowledge) };
  });

/** An answer that hangs on the catalog and its question alone is worked out once: a plan is made many times of one site. */
export function kept<T>(catalog: Catalog, question: string, answer: () => T): T {
  const answers = KEPT.get(catalog) ?? new Map<string, unknown>();
  KEPT.set(catalog, answers);
  if (!answers.has(question)) {
    if (answers.size >= MOST_KEPT) answers.clear();
    answers.set(question, answer());
  }
  return answers.get(question) as T;
}
const MOST_KEPT = 10_000;
