import type { Constants } from "../../components/serving/capacity/constant-table.ts";
import type { Run } from "../../components/serving/capacity/measured-runs.ts";
import { fitModel, throughputRatio } from "./model-fit.ts";
import type { OfflineRun } from "./observations.ts";

export interface OfflineErrors {
  readonly name: string;
  readonly logRatios: readonly number[];
}

const onSwitchedLinks = (run: OfflineRun): boolean => !run.pipeline && run.point.gpu.link !== "pcie";
/** GB200 and the PCIe part are never fitted. */
export const offlineFitted = (run: OfflineRun): boolean => onSwitchedLinks(run) && run.point.gpu.id !== "gb200";

/** Errors of offline throughput: of the fit on all, and of fits without the model that they are of. */
export function offlineErrors(
  constants: Constants,
  runs: readonly Run[],
  offline: readonly OfflineRun[],
): readonly OfflineErrors[] {
  const fitted = offline.filter(offlineFitted);
  const errors = (rows: readonly OfflineRun[], by = constants) => rows.map((run) => throughputRatio(by, run));
  const routed = ({ point }: OfflineRun): boolean => point.architecture.routed !== null;
  const switched = offline.filter(onSwitchedLinks);
  const dense = switched.filter((run) => !routed(run));
  const models = [...new Set(switched.filter(routed).map(({ point }) => point.model))];
  const leftOut = models.map((model) => {
    const without = fitModel(
      runs,
      fitted.filter(({ point }) => point.model !== model),
    );
    const rows = switched.filter(({ point }) => point.model === model);
    return { name: `routed, left out: ${model}`, logRatios: errors(rows, without) };
  });
  const denseLeftOut = [...new Set(dense.map(({ point }) => point.model))].flatMap((model) => {
    const without = fitModel(
      runs.filter(({ point }) => point.model !== model),
      fitted.filter(({ point }) => point.model !== model),
    );
    return errors(
      dense.filter(({ point }) => point.model === model),
      without,
    );
  });
  const pcie = offline.filter((run) => run.point.gpu.link === "pcie");
  return [
    {
      name: "dense, H100, H200, B200 (fitted)",
      logRatios: errors(dense.filter((run) => run.point.gpu.id !== "gb200")),
    },
    { name: "dense, GB200 (never fitted)", logRatios: errors(dense.filter((run) => run.point.gpu.id === "gb200")) },
    { name: "dense, leave one model out", logRatios: denseLeftOut },
    { name: "routed, leave one model out", logRatios: leftOut.flatMap(({ logRatios }) => logRatios) },
    ...leftOut,
    {
      name: "RTX PRO 6000 (PCIe, never fitted), one stage, dense",
      logRatios: errors(pcie.filter((run) => !run.pipeline && !routed(run))),
    },
    {
      name: "RTX PRO 6000 (PCIe, never fitted), one stage, routed",
      logRatios: errors(pcie.filter((run) => !run.pipeline && routed(run))),
    },
    { name: "RTX PRO 6000 (PCIe, never fitted), pipeline", logRatios: errors(pcie.filter((run) => run.pipeline)) },
  ];
}
