import { loadCatalog } from "../../components/catalog/load.ts";
import type { Constants } from "../../components/serving/capacity/constant-table.ts";
import { type Deployment, deploymentOf } from "../../components/serving/capacity/deployment.ts";
import { decodeSeconds } from "../../components/serving/capacity/speculation.ts";
import { prefillSeconds } from "../../components/serving/capacity/step.ts";
import { table } from "../support/csv.ts";
import { READINGS, type Reading, UNREAD } from "./rack-readings.ts";

const catalog = loadCatalog();

export interface RackScale {
  readonly id: string;
  readonly metric: string;
  readonly published: number;
  readonly predicted: number | null;
  /** How the figure was read, or why nothing is predicted. */
  readonly how: string;
}

/** Published figures of large systems: never fitted. */
export function rackScale(constants: Constants): readonly RackScale[] {
  return table("published-throughput-points.csv").map(({ id = "", value, metric = "" }) => {
    const reading = READINGS[id];
    const how = reading?.how ?? UNREAD[id];
    if (how === undefined) throw new Error(`published figure ${id}: neither read nor said why not`);
    const predicted = reading === undefined ? null : reading.per * tokensPerSecond(constants, reading);
    return { id, metric, published: Number(value), predicted, how };
  });
}

function tokensPerSecond(constants: Constants, reading: Reading): number {
  const deployment = deployed(reading);
  const { work } = reading;
  if ("prompt" in work) return work.prompt / prefillSeconds(constants, deployment, work.prompt, work.cached);
  const step = { decodeSequences: work.sequences, contextTokens: work.context };
  return work.sequences / decodeSeconds(constants, deployment, step, work.speculation ?? null);
}

function deployed({ gpu, precision, expertRanks, tuning }: Reading): Deployment {
  const architecture = catalog.models.get("deepseek-v3")?.architecture.value;
  const parallel = { tensor: 1, attentionData: expertRanks, expertTensor: 1, expert: expertRanks, pipeline: 1 };
  const deployment = architecture && deploymentOf({ architecture, precision, gpu, parallel, engine: "sglang", tuning });
  if (!deployment) throw new Error("DeepSeek-V3 is in the catalog");
  return deployment;
}
