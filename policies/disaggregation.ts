import type { Input } from "./finding.ts";
import { transferOf } from "./kv-transfer.ts";
import { inputsMessage } from "./message.ts";
import { flattened, type RegisteredObject, readList, readText, type Text, UNKNOWN } from "./registered.ts";
import { condition, type Subject } from "./rule.ts";
import { flagOf, settingOf, startWords } from "./start-words.ts";
import { type CountedTemplate, type Workload, workloadsOf } from "./workload.ts";

/** An engine of a registered workload that hands KV caches over, or may: the containers of a workload that say the same are one. */
export interface PdEngine {
  readonly workload: Workload;
  readonly template: unknown;
  /** `either` where it may be both, or nothing tells. */
  readonly role: "prefill" | "decode" | "either";
  /** Connectors by name; null where they are not known. */
  readonly connectors: readonly string[] | null;
  /** GPUs over which it splits a layer; null where that is not known. */
  readonly tensorParallel: number | null;
}

/** The engines of one model in one namespace. */
export interface Disaggregation {
  /** Subject of the rules that judge it: "transfers.tenant-research.deepseek-r1". */
  readonly id: string;
  /** What the engines call their model, by label and by arguments; empty where nothing is known. */
  readonly models: readonly string[];
  /** All that may take the role. */
  readonly prefill: readonly PdEngine[];
  readonly decode: readonly PdEngine[];
}

/** Connectors between two pods; others, as those that put caches aside, need no second role. */
const BETWEEN_PODS = new Set(["NixlConnector", "MooncakeConnector"]);
const ROLE_LABEL = "llm-d.ai/role";
const MODEL_LABEL = "llm-d.ai/model";
const ROLES = new Map<Text, PdEngine["role"]>([
  ["prefill", "prefill"],
  ["kv_producer", "prefill"],
  ["decode", "decode"],
  ["kv_consumer", "decode"],
]);

interface Found {
  readonly engine: PdEngine;
  readonly place: string;
  readonly models: readonly string[];
}

/** Models whose engines hand KV caches from one to the other, or may: an engine of which too little is known stands alone. */
export function disaggregationsOf(objects: readonly RegisteredObject[]): readonly Disaggregation[] {
  const found = workloadsOf(flattened(objects)).flatMap(enginesOf);
  return [...Map.groupBy(found, ({ place }) => place)].flatMap(([place, entries]) => {
    const engines = entries.map(({ engine }) => engine);
    if (!engines.some(handsOver)) return [];
    return [
      {
        id: `transfers.${place}`,
        models: [...new Set(entries.flatMap(({ models }) => models))],
        prefill: engines.filter(({ role }) => role !== "decode"),
        decode: engines.filter(({ role }) => role !== "prefill"),
      },
    ];
  });
}

const handsOver = ({ role, connectors }: PdEngine): boolean =>
  role !== "either" || connectors === null || connectors.some((name) => BETWEEN_PODS.has(name));

function enginesOf(workload: Workload): readonly Found[] {
  const found = workload.templates
    .filter(({ pods }) => pods !== 0)
    .flatMap((template) => templateEngines(workload, template));
  return [...Map.groupBy(found, (each) => JSON.stringify([each.place, told(each.engine)])).values()].flatMap(
    ([first]) => first ?? [],
  );
}

/** What rules read of an engine, apart from the pod that it stands in. */
const told = ({ role, connectors, tensorParallel, template }: PdEngine) => [
  role,
  connectors,
  tensorParallel,
  JSON.stringify(template, (_, value) => (value === UNKNOWN ? "?" : value)),
];

function templateEngines(workload: Workload, { template, gpus }: CountedTemplate): readonly Found[] {
  const containers = readList(template, "spec", "containers");
  return (containers === UNKNOWN ? [UNKNOWN] : containers).flatMap((container) => {
    const transfer = transferOf(container);
    // A pod without GPUs of which nothing is told is no engine.
    if (transfer === null || (transfer.connectors === null && gpus === 0)) return [];
    const words = startWords(container);
    const label = readText(template, "metadata", "labels", ROLE_LABEL);
    const parallel = settingOf(words, "--tensor-parallel-size", "-tp");
    const engine: PdEngine = {
      workload,
      template,
      role: ROLES.get(label === null ? transfer.role : label) ?? "either",
      connectors: transfer.connectors?.map(({ name }) => name) ?? null,
      tensorParallel: countOf(parallel),
    };
    const called: readonly Text[] = [
      readText(template, "metadata", "labels", MODEL_LABEL),
      settingOf(words, "--served-model-name"),
      flagOf(words, "--model"),
    ];
    return [{ engine, place: placeOf(workload, called), models: called.filter((name) => typeof name === "string") }];
  });
}

/** The engine's own default is 1. */
const countOf = (text: Text): number | null =>
  text === null ? 1 : typeof text === "string" && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;

/** Namespace and model, as the label calls it, else the engine; the workload's own place where either is not known. */
function placeOf({ namespace, id }: Workload, called: readonly Text[]): string {
  const model = called.find((name) => name !== null) ?? UNKNOWN;
  return typeof model === "string" && typeof namespace === "string" ? `${namespace}.${model}` : id;
}

/** Whether there is an engine for each role; what nobody registers here may run elsewhere. */
export const rolesThere = ({ prefill, decode }: Disaggregation) =>
  (
    [
      ["prefill", prefill],
      ["decode", decode],
    ] as const
  ).map(([role, engines]) =>
    condition(`an engine that does ${role} is registered`, engines.length > 0 ? true : null, "plan:registered"),
  );

/** A model's engines as the subject of a rule. */
export const transferSubject = ({ id }: Disaggregation, inputs: readonly Input[], holds: string): Subject => ({
  id,
  at: "serving",
  state: null,
  claim: "all-of",
  unit: "",
  inputs,
  message: () => `KV caches of ${id.replace("transfers.", "")}: ${inputsMessage(holds, inputs)}`,
});

/** What is wrong of engines that may be of another role is not wrong for certain. */
export const forCertain = (holds: boolean | null, ...engines: readonly PdEngine[]): boolean | null =>
  holds === false && engines.some(({ role }) => role === "either") ? null : holds;

export const engineName = ({ workload: { kind, name } }: PdEngine): string => `${kind} ${name}`;
