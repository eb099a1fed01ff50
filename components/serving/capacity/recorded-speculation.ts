import type { Constants } from "./constant-table.ts";
import type { EngineId } from "./engine.ts";
import { geometricAcceptance, type Speculation } from "./speculation.ts";

/** Whether a run speculated, as far as its row says. */
export type RecordedSpeculation =
  | { readonly kind: "unrecorded" }
  | { readonly kind: "off" }
  | { readonly kind: "on"; readonly draftTokens: number; readonly acceptedTokens: number | null };

/** Drafts per step where a row says only that there were some. */
const USUAL_DRAFTS = 2;
const MAX_DRAFTS = 16;

/** Reads `off`, `on`, a number of drafts ("3", "mtp3"), or drafts and accepted length ("3:2.73"); empty is unrecorded. */
export function recordedSpeculation(text: string): RecordedSpeculation {
  const said = text.trim().toLowerCase();
  if (said === "") return { kind: "unrecorded" };
  if (["off", "none", "false", "no", "0"].includes(said)) return { kind: "off" };
  const [, digits, accepted] = /^[a-z_-]*?(\d{1,2})?(?::(\d{1,2}(?:\.\d{1,4})?))?$/.exec(said) ?? [];
  const draftTokens = Math.min(MAX_DRAFTS, digits === undefined ? USUAL_DRAFTS : Number(digits));
  if (draftTokens === 0) return { kind: "off" };
  const acceptedTokens = accepted === undefined ? null : Math.min(draftTokens + 1, Math.max(1, Number(accepted)));
  return { kind: "on", draftTokens, acceptedTokens };
}

/**
 * Runs whose rows do not say so but that must have speculated: the same configuration runs 1.9 × faster at 4 requests in
 * flight and 1.3 × at 128 than under the release of a week before, which is what verified drafts do and nothing else.
 */
const INFERRED: readonly { readonly engine: EngineId; readonly version: string; readonly from: string }[] = [
  { engine: "trtllm", version: "1.2.0rc6.post3", from: "" },
  { engine: "trtllm", version: "1.1.0rc2.post2", from: "2026-01-14" },
];

interface Run {
  readonly engine: EngineId;
  readonly version: string;
  readonly measured: string;
  readonly draftLayers: number;
}

/** What the model reckons with; unrecorded runs speculate only where `INFERRED` lists them and the model has draft layers. */
export function speculationOf(constants: Constants, recorded: RecordedSpeculation, run: Run): Speculation | null {
  if (recorded.kind === "off") return null;
  if (recorded.kind === "unrecorded") {
    const inferred = INFERRED.some(
      ({ engine, version, from }) => engine === run.engine && version === run.version && run.measured >= from,
    );
    return inferred && run.draftLayers > 0 ? { draftTokens: USUAL_DRAFTS, acceptedTokens: constants.acceptance } : null;
  }
  const { draftTokens } = recorded;
  return { draftTokens, acceptedTokens: recorded.acceptedTokens ?? unmeasuredAcceptance(constants, draftTokens) };
}

/** The chance that gives the fitted length with two drafts, 1 + α + α², carried to any number of them. */
function unmeasuredAcceptance({ acceptance }: Constants, draftTokens: number): number {
  const chance = (Math.sqrt(4 * acceptance - 3) - 1) / 2;
  return geometricAcceptance(Math.min(1, Math.max(0, chance)), draftTokens);
}
