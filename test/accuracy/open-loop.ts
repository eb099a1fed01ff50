import { loadCatalog } from "../../components/catalog/load.ts";
import type { Constants } from "../../components/serving/capacity/constant-table.ts";
import { latencyOf, prepare } from "../../components/serving/capacity/formula.ts";
import { isPointFault, readPoint } from "../../components/serving/capacity/point.ts";
import { table } from "../support/csv.ts";

const catalog = loadCatalog();
/** TensorRT-LLM 0.14 is older than any run the model was fitted to. */
const DAY = "2024-11-01";

/** Logarithms of predicted over measured at 2 and 8 requests a second; rule 8.8 takes out the bursts at 32. */
export function openLoopErrors(constants: Constants) {
  const rows = table("serving-open-loop.csv");
  const steady = rows.filter(({ qps_offered }) => qps_offered !== "32");
  const errors = steady.map((row) => {
    const columns = { ...row, system: row.gpu, backend: "trtllm", measured: DAY };
    const point = readPoint(columns, catalog);
    const prepared = isPointFault(point) ? null : prepare(point);
    const latency = prepared && latencyOf(constants, prepared);
    if (!latency) throw new Error(`open loop: ${row.model} at ${row.qps_offered}/s`);
    return {
      tpot: Math.log((latency.tpotSeconds * 1e3) / Number(row.itl_mean_ms)),
      ttft: Math.log((latency.ttftSeconds * 1e3) / Number(row.ttft_mean_ms)),
    };
  });
  return { excluded: rows.length - steady.length, errors };
}
