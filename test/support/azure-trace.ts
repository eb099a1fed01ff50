import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Arrival } from "../../components/serving/traffic/arrivals.ts";
import { ROOT } from "./sites.ts";

/** Microsoft's public hour of conversation requests: Azure/AzurePublicDataset@b469a11, AzureLLMInferenceTrace_conv.csv, CC-BY-4.0. */
export function azureConversation(): readonly Arrival[] {
  const text = gunzipSync(readFileSync(`${ROOT}/test/data/azure-2023-conversation.csv.gz`)).toString("utf8");
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [stamp = "", input = "", output = ""] = line.split(",");
      const [day = "", time = ""] = stamp.split(" ");
      return { atS: secondsOf(day, time), inputTokens: Number(input), outputTokens: Number(output) };
    });
}

/** Stamps have seven decimals, more than a Date keeps. */
function secondsOf(day: string, time: string): number {
  const [clock = "", fraction = "0"] = time.split(".");
  return Date.parse(`${day}T${clock}Z`) / 1_000 + Number(`0.${fraction}`);
}
