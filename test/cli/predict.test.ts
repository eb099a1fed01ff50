import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { millrace } from "../support/session.ts";

const folder = mkdtempSync(join(tmpdir(), "millrace-predict-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);

const HEADER = "note,backend,model,system,precision,isl,osl,concurrency,tp,tpot_ms";
const ROW = "vllm,meta-llama/Llama-3.1-70B,h200_sxm,fp8,1024,1024,32,2";
const ADDED =
  "pred_ttft_ms,pred_tpot_ms,pred_output_tps,pred_output_tps_per_gpu,pred_power_w_per_gpu,weights_gib_per_gpu,kv_gib_per_gpu,max_sequences,feasible,basis,tpot_low,tpot_high,reason";

test("rows keep their columns, answers in the file are not looked at, and a bad row says why", async () => {
  put(
    "points.csv",
    `${HEADER}\n"a, b",${ROW},\nanswered,${ROW},999\nbad,${ROW.replace("Llama-3.1-70B", "Lama-3.1-70B")},\n`,
  );
  const { stdout, stderr, code } = await millrace("predict --input points.csv --output out.csv", folder);
  expect([stdout, code]).toEqual(["", 0]);
  expect(stderr).toBe("3 points, 2 predicted, 1 refused with their reason\n");
  const [header, first, second, third] = readFileSync(join(folder, "out.csv"), "utf8").trim().split("\n");
  expect(header).toBe(`${HEADER},${ADDED}`);
  expect(first).toMatch(new RegExp(`^"a, b",${ROW},,\\d`));
  expect(second?.split(",").slice(10)).toEqual(first?.split(",").slice(11));
  expect(third).toMatch(/^bad,.*,,,,,,,,,false,,,,model: got meta-llama\/Lama-3\.1-70B/);
});

test("standard input to standard output", async () => {
  put("empty.csv", `${HEADER}\n`);
  const { stdout, code } = await millrace("predict --input empty.csv", folder);
  expect([stdout, code]).toEqual([`${HEADER},${ADDED}\n`, 0]);
});

test("a model that is not in the catalog comes from its config.json", async () => {
  put("mine.csv", `${HEADER}\n,${ROW.replace("meta-llama/Llama-3.1-70B", "mine")},\n`);
  put(
    "config.json",
    JSON.stringify({
      hidden_size: 4096,
      intermediate_size: 14336,
      max_position_embeddings: 131072,
      num_attention_heads: 32,
      num_hidden_layers: 32,
      num_key_value_heads: 8,
      vocab_size: 128256,
    }),
  );
  const { stdout, code } = await millrace("predict --input mine.csv --model-config config.json", folder);
  expect(code).toBe(0);
  expect(stdout).toContain(",true,formula,");
});

test.each([
  ["predict --input nowhere.csv", "--input: got nowhere.csv"],
  ["predict --input torn.csv --output torn-out.csv", "torn.csv: no CSV table"],
  ["predict --input points.csv --model-config points.csv", "--model-config: got points.csv"],
  ["predict --input points.csv --model-config half.json", "half.json: the model is not established"],
])("%s is bad input, in words, with nothing half-written", async (line, words) => {
  put("torn.csv", `${HEADER}\na,b\n`);
  put("half.json", "{}");
  const { stderr, code } = await millrace(line, folder);
  expect(code).toBe(3);
  expect(stderr).toContain(words);
  expect(stderr).not.toContain("    at ");
  expect(existsSync(join(folder, "torn-out.csv"))).toBe(false);
});
