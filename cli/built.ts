import { LABEL } from "../components/kubernetes.ts";
import type { Plan } from "../components/plan-types.ts";
import { manifestsFolder } from "../components/program.ts";
import { inert } from "../components/site/show-fault.ts";
import type { Operation } from "./engine/index.ts";
import { showCopies, showCount } from "./format/shown.ts";
import { shellWord } from "./shell-word.ts";

const DONE = new Map([
  ["create", "created"],
  ["update", "updated"],
  ["delete", "deleted"],
  ["replace", "replaced"],
  ["same", "unchanged"],
]);

/** "up of lab: 25 created, 1 unchanged"; a preview has only planned it. */
export function showChanges(operation: Operation, site: string, changes: Readonly<Record<string, number>>): string {
  const told = Object.entries(changes)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([op, count]) => {
      const done = DONE.get(op) ?? op;
      return `${count} ${operation === "preview" && op !== "same" ? `to ${op}` : done}`;
    });
  return `${operation} of ${site}: ${told.join(", ") || "nothing to do"}`;
}

/** What now stands, and where. */
export function showBuilt(plan: Plan): string {
  const pools = plan.pools.map(
    ({ id, racks, nodes, gpus, held }) =>
      `  pool ${id}: ${racks === null ? `${showCount(nodes)} nodes` : `${showCount(racks)} racks`}, ${showCount(gpus)} GPUs, ${held ? "held until its phase is accepted" : "open"}`,
  );
  const endpoints = plan.endpoints.map(({ id, model, roles, gpus, held }) =>
    held
      ? `  endpoint ${id}: not built until its phase is accepted`
      : `  endpoint ${id}: ${model}, ${showCopies(roles)} copies on ${showCount(gpus)} GPUs`,
  );
  return [`built ${whereOf(plan)}:`, ...pools, ...endpoints].join("\n");
}

export function whereOf({ site, target }: Plan): string {
  if (target.kind === "kubernetes") return `on cluster ${inert(target.context)}`;
  const manifests = `as manifests in ${manifestsFolder(site)}`;
  if (target.kind === "render") return manifests;
  return `in AWS account ${target.account}, ${target.region}${target.objects === "rendered" ? `, and ${manifests}` : ""}`;
}

/** Whether the objects lie in a folder when all is done. */
export const isRendered = ({ target }: Plan): boolean =>
  target.kind === "render" || (target.kind === "aws" && target.objects === "rendered");

const NEXT: Readonly<Record<Operation, (plan: Plan) => string>> = {
  preview: ({ site }) => `millrace up ${site}`,
  up: (plan) => {
    const { site, target } = plan;
    if (isRendered(plan)) return showApply(manifestsFolder(site));
    const context = target.kind === "kubernetes" ? `--context ${shellWord(inert(target.context))} ` : "";
    return `kubectl ${context}get clusterqueues -l ${LABEL.site}=${site}`;
  },
  destroy: ({ site }) => `millrace up ${site} builds it again`,
};

export const showNext = (operation: Operation, plan: Plan): string => NEXT[operation](plan);

/** What makes a folder of manifests real. */
export const showApply = (folder: string): string =>
  `kubectl apply --server-side --recursive -f ${folder}\n      or commit the folder, and let GitOps apply it`;
