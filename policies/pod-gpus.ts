import { GPU_RESOURCE } from "../components/kubernetes.ts";
import { read, readCount, readList, readText, UNKNOWN } from "./registered.ts";

interface Container {
  readonly gpus: number;
  /** An init container that stays: it holds its GPUs beside those that run after it. */
  readonly stays: boolean;
}

/**
 * GPUs that one pod holds, as the scheduler counts them: its containers and sidecars together, or an init container
 * with the sidecars started before it, whichever is more. Null where a part is not known, where GPUs may be claimed by
 * dynamic resource allocation (a claim of a template of which `isChannel` says so holds none), or where slices of GPUs
 * are asked for.
 * Source: Kubernetes documentation, Sidecar Containers, resource sharing within containers.
 */
export function podGpus(template: unknown, isChannel: (claimTemplate: string) => boolean = () => false): number | null {
  const spec = read(template, "spec");
  if (!spec.known || spec.value === undefined || spec.value === null) return null;
  const claims = readList(template, "spec", "resourceClaims");
  const running = containersOf(template, "containers");
  const init = containersOf(template, "initContainers");
  if (
    claims === UNKNOWN ||
    !claims.every((claim) => isChannelClaim(claim, isChannel)) ||
    running === null ||
    init === null
  )
    return null;
  let sidecars = 0;
  let largest = 0;
  for (const { gpus, stays } of init) {
    largest = Math.max(largest, sidecars + gpus);
    if (stays) sidecars += gpus;
  }
  return Math.max(largest, sidecars + running.reduce((sum, { gpus }) => sum + gpus, 0));
}

function isChannelClaim(claim: unknown, isChannel: (claimTemplate: string) => boolean): boolean {
  const name = readText(claim, "resourceClaimTemplateName");
  return typeof name === "string" && isChannel(name);
}

function containersOf(template: unknown, list: "containers" | "initContainers"): readonly Container[] | null {
  const containers = readList(template, "spec", list);
  if (containers === UNKNOWN) return null;
  const counted = containers.map(containerOf);
  return counted.every((container) => container !== null) ? counted : null;
}

function containerOf(container: unknown): Container | null {
  const requests = gpusIn(container, "requests");
  const limits = gpusIn(container, "limits");
  if (requests === null || limits === null) return null;
  const gpus = requests === "absent" ? (limits === "absent" ? 0 : limits) : requests;
  const restart = readText(container, "restartPolicy");
  return restart === UNKNOWN && gpus > 0 ? null : { gpus, stays: restart === "Always" };
}

/** GPUs on one side of a container's resources; null where they are not known, or come in slices. */
function gpusIn(container: unknown, side: "requests" | "limits"): number | "absent" | null {
  const found = read(container, "resources", side);
  if (!found.known) return null;
  const names = Object.keys(found.value ?? {});
  const sliced = names.some(
    (name) => name.startsWith("nvidia.com/") && name !== GPU_RESOURCE && readCount(found.value, [name], 0) !== 0,
  );
  if (sliced) return null;
  return names.includes(GPU_RESOURCE) ? readCount(found.value, [GPU_RESOURCE], 0) : "absent";
}
