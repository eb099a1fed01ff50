import type { Catalog } from "../../../components/catalog/catalog.ts";
import { byName } from "../../../components/catalog/names.ts";
import {
  type Disaggregation,
  disaggregationsOf,
  engineName,
  forCertain,
  type PdEngine,
  rolesThere,
  transferSubject,
} from "../../disaggregation.ts";
import type { Input } from "../../finding.ts";
import { condition, type Rule, type Subject } from "../../rule.ts";

/** A decode engine reads the caches of prefill engines as they lie in memory: what is split otherwise cannot be read. */
export const pdTensorParallel: Rule = {
  id: "serving/pd-tensor-parallel",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim: "no prefill engine of a model splits its layers over more GPUs than a decode engine; by Mooncake over as many",
  why: "the decode engine dies at the first caches that it is handed, with an AssertionError or an IndexError",
  formula:
    "each prefill and decode engine of a model in a namespace: a connector in common; NixlConnector: TP of prefill ≤ TP of decode, but for latent attention and state-space layers; MooncakeConnector: both equal",
  source: "llm-d#2187; vLLM: NixlConnector, MooncakeConnector, tensor parallel size 1 unless stated",
  inputs:
    "registered workloads with --kv-transfer-config: role (label llm-d.ai/role, else kv_role), model (label llm-d.ai/model, else --served-model-name, --model), connector, --tensor-parallel-size; attention of the catalog's model",
  pass: "each pair of engines fits",
  fail: "a prefill engine is split wider, or not as wide, or the two roles have no connector in common",
  unproved:
    "a role is not registered, or the model, the connector, the split or the configuration is not known: from the environment, a file or a script",
  fix: "lower --tensor-parallel-size of the prefill role (more replicas instead), or raise that of decode; with Mooncake make them equal",
  manualCheck:
    "kubectl get the pods of both roles -o yaml: --tensor-parallel-size and --kv-transfer-config of the engines",
  notApplicable: "no registered engine hands KV caches over",
  subjects: ({ registered, catalog }) => disaggregationsOf(registered).map((model) => subject(model, catalog)),
};

function subject(model: Disaggregation, catalog: Catalog): Subject {
  const exempt = isExempt(model.models, catalog);
  const pairs = model.prefill.flatMap((prefill) =>
    model.decode.filter((decode) => decode !== prefill).flatMap((decode) => pairInputs(prefill, decode, exempt)),
  );
  const alone = model.prefill.filter((engine) => model.decode.includes(engine)).flatMap(knownInputs);
  const inputs = [...rolesThere(model), ...alone, ...pairs];
  return transferSubject(model, inputs, "its roles fit each other");
}

/** Copies of one engine fit each other, however it is split. */
const knownInputs = (engine: PdEngine): readonly Input[] => [
  condition(
    `how ${engineName(engine)} hands caches over`,
    engine.connectors === null ? null : true,
    engine.workload.urn,
  ),
];

function pairInputs(prefill: PdEngine, decode: PdEngine, exempt: boolean | null): readonly Input[] {
  const from = decode.workload.urn;
  const names = `${engineName(prefill)} (prefill) and ${engineName(decode)} (decode)`;
  if (prefill.connectors === null || decode.connectors === null)
    return [condition(`the connectors of ${names}`, null, from)];
  const shared = prefill.connectors.filter((name) => decode.connectors?.includes(name));
  const split = `${names}: TP ${prefill.tensorParallel ?? "unknown"}`;
  const other = decode.tensorParallel ?? "unknown";
  const judged = shared.flatMap((connector) => {
    const fits = FITS.get(connector);
    if (fits === undefined) return [];
    const holds = forCertain(fits(prefill.tensorParallel, decode.tensorParallel, exempt), prefill, decode);
    const sign = connector === "NixlConnector" ? "≤" : "=";
    return [condition(`${split} ${sign} ${other} by ${connector}`, holds, from)];
  });
  if (judged.length > 0) return judged;
  const known = [...prefill.connectors, ...decode.connectors].every((name) => FITS.has(name));
  return [condition(`a connector in common of ${names}`, forCertain(known ? false : null, prefill, decode), from)];
}

type Fits = (prefill: number | null, decode: number | null, exempt: boolean | null) => boolean | null;

/** What each connector can read. */
const FITS: ReadonlyMap<string, Fits> = new Map<string, Fits>([
  [
    "NixlConnector",
    (prefill, decode, exempt) => {
      if (exempt === true) return true;
      if (prefill === null || decode === null) return null;
      return prefill <= decode ? true : exempt === null ? null : false;
    },
  ],
  ["MooncakeConnector", (prefill, decode) => (prefill === null || decode === null ? null : prefill === decode)],
]);

/** One compressed cache for all heads, or a state, is the same on each GPU; null where the catalog does not know the model. */
function isExempt(models: readonly string[], { models: known }: Catalog): boolean | null {
  const attention = models.map((name) => byName(known, name)).find((model) => model !== undefined)?.architecture
    .value?.attention;
  if (attention === undefined) return null;
  return attention.kind === "latent" || attention.linear !== null;
}
