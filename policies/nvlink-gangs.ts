import { GANG_LEVELS } from "../components/network/topologies.ts";
import { read, readCount, readText, UNKNOWN } from "./registered.ts";
import type { CountedTemplate, Workload } from "./workload.ts";

/** Pods that Kueue keeps within one NVLink domain; null where a part is not known. */
export interface Gang {
  readonly pods: number | null;
  readonly templates: readonly CountedTemplate[];
}

/** Kinds whose pods start together. A Deployment's are placed one by one. */
const KINDS = new Set(["LeaderWorkerSet", "DisaggregatedSet", "Job", "JobSet"]);

/** Gangs of more than one pod that must stand in one NVLink domain, or may have to: one copy of each that there are many of. */
export function gangsOf({ kind, templates }: Workload): readonly Gang[] {
  if (!KINDS.has(kind)) return [];
  const groups = kind === "LeaderWorkerSet" || kind === "DisaggregatedSet" ? pairs(templates) : templates.map(single);
  return groups.filter(({ pods }) => pods === null || pods > 1).filter((gang) => isBound(gang));
}

const single = (template: CountedTemplate): Gang => ({
  pods: sliceOf(template.template) ?? template.pods,
  templates: [template],
});

/** Leader and workers of each set: as many leaders as copies, and so many workers to each. */
function pairs(templates: readonly CountedTemplate[]): readonly Gang[] {
  return templates.flatMap((leader, index) => {
    const workers = templates[index + 1];
    if (index % 2 === 1 || workers === undefined) return [];
    const known = leader.pods !== null && workers.pods !== null;
    const size = known ? (leader.pods === 0 ? 0 : 1 + Number(workers.pods) / Number(leader.pods)) : null;
    return [{ pods: sliceOf(workers.template) ?? size, templates: [leader, workers] }];
  });
}

/** A slice stays together where the whole need not. */
function sliceOf(template: unknown): number | null {
  const level = annotation(template, "podset-slice-required-topology");
  if (typeof level !== "string" || !GANG_LEVELS.includes(level)) return null;
  return readCount(template, ["metadata", "annotations", `${PREFIX}podset-slice-size`], 0) || null;
}

/** What is not known may bind it. */
const isBound = ({ templates }: Gang): boolean =>
  templates.some(({ template, gpus }) => {
    if (gpus === 0) return false;
    if (!read(template, "metadata", "annotations").known) return true;
    return LEVELS.some((key) => {
      const level = annotation(template, key);
      return level === UNKNOWN || (level !== null && GANG_LEVELS.includes(level));
    });
  });

const PREFIX = "kueue.x-k8s.io/";
const LEVELS = ["podset-required-topology", "podset-slice-required-topology"];
const annotation = (template: unknown, key: string) => readText(template, "metadata", "annotations", `${PREFIX}${key}`);
