/** Microseconds of processor time that a point takes, as `millrace predict` answers it: `node test/bench/predict.ts`. */
import { loadCatalog, loadMeasuredServing } from "../../components/catalog/load.ts";
import { shippedKnowledge } from "../../components/serving/capacity/knowledge.ts";
import { isPointFault, readPoint } from "../../components/serving/capacity/point.ts";
import { predictor } from "../../components/serving/capacity/predict.ts";

const catalog = loadCatalog();
const rows = loadMeasuredServing();
const answer = predictor(shippedKnowledge(rows, catalog));
const points = rows.flatMap((row) => {
  const point = readPoint(row, catalog);
  return isPointFault(point) ? [] : [point];
});
const uncalibrated = points.map((point) => ({ ...point, model: "another" }));

for (const [name, set] of [
  ["calibrated", points],
  ["formula", uncalibrated],
] as const) {
  for (const point of set) answer(point);
  const rounds = 10;
  const start = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) for (const point of set) answer(point);
  const { user, system } = process.cpuUsage(start);
  const microseconds = (user + system) / rounds / set.length;
  console.log(`${name}: ${microseconds.toFixed(1)} µs a point`);
}
