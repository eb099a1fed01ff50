import { EFA_RESOURCE } from "../components/kubernetes.ts";
import { channelTemplatesOf } from "./compute-domains.ts";
import { flattened, type RegisteredObject, read, readCount, readList, readText, UNKNOWN } from "./registered.ts";

/** Ways of a pod to other nodes beside the pod network. */
interface PodNetwork {
  /** Whether it asks for RDMA or EFA devices, by resource or by claim; null where that is not known. */
  readonly devices: boolean | null;
  /** Devices by resource name: "rdma/compute" and how many, null where that is not known; null where a container's resources are not. */
  readonly resources: ReadonlyMap<string, number | null> | null;
  /** NVLink domains, as "namespace/claim template", into which it claims a channel. */
  readonly channels: ReadonlySet<string>;
}

/** Device classes of what is no GPU; what a class of another name stands for only its cluster knows. */
const NETWORK_CLASSES = new Set(["efa.networking.k8s.aws", "mrdma.google.com"]);
/** Classes of the NVIDIA DRA driver, none of them a way into the fabric. */
const OTHER_CLASSES = /(?:^|\.)nvidia\.com$/;

export type NetworkReader = (template: unknown, namespace: string | typeof UNKNOWN) => PodNetwork;

/** Reads pod templates against the claim templates that are registered beside them. */
export function networkReader(objects: readonly RegisteredObject[]): NetworkReader {
  const channels = channelTemplatesOf(objects);
  const classes = claimClasses(objects);
  return (template, namespace) => {
    const claims = claimsOf(template, namespace);
    const isChannel = (claim: string | null): claim is string => claim !== null && channels.has(claim);
    const claimed = claims
      .filter((claim) => !isChannel(claim))
      .map((claim) => (claim === null ? null : (classes.get(claim) ?? null)));
    const resources = deviceResources(template);
    const asked =
      resources === null ? [null] : [...resources.values()].map((count) => (count === null ? null : count > 0));
    const all = [...asked, ...claimed];
    return {
      devices: all.includes(true) ? true : all.includes(null) ? null : false,
      resources,
      channels: new Set(claims.filter(isChannel)),
    };
  };
}

/** Claim templates as "namespace/name"; null for one that is not known, or that somebody made beforehand. */
function claimsOf(template: unknown, namespace: string | typeof UNKNOWN): readonly (string | null)[] {
  const claims = readList(template, "spec", "resourceClaims");
  if (claims === UNKNOWN) return [null];
  return claims.map((claim) => {
    const name = readText(claim, "resourceClaimTemplateName");
    return typeof name === "string" && namespace !== UNKNOWN ? `${namespace}/${name}` : null;
  });
}

/** Devices of all containers together; null where a part of their resources is not known. */
function deviceResources(template: unknown): ReadonlyMap<string, number | null> | null {
  const containers = readList(template, "spec", "containers");
  if (containers === UNKNOWN) return null;
  const sums = new Map<string, number | null>();
  for (const container of containers) {
    // Requests and limits of a device are the same; the API server fills the one in from the other.
    const sides = [read(container, "resources", "limits"), read(container, "resources", "requests")];
    if (!sides.every(({ known }) => known)) return null;
    const held = Object.assign({}, ...sides.map((side) => (side.known ? (side.value ?? {}) : {})).reverse());
    for (const name of Object.keys(held).filter(isNetworkResource)) {
      const before = sums.has(name) ? (sums.get(name) ?? null) : 0;
      const count = readCount(held, [name], 0);
      sums.set(name, before === null || count === null ? null : before + count);
    }
  }
  return sums;
}

export const isNetworkResource = (name: string): boolean => name.startsWith("rdma/") || name === EFA_RESOURCE;

/** For each registered claim template, whether one of its requests is for a device of a network. */
function claimClasses(objects: readonly RegisteredObject[]): ReadonlyMap<string, boolean | null> {
  const templates = flattened(objects).filter(({ object }) => readText(object, "kind") === "ResourceClaimTemplate");
  return new Map(
    templates.map(({ object }) => {
      const namespace = readText(object, "metadata", "namespace") ?? "default";
      const name = readText(object, "metadata", "name");
      return [`${String(namespace)}/${String(name)}`, isNetworkClaim(object)] as const;
    }),
  );
}

function isNetworkClaim(template: unknown): boolean | null {
  const requests = readList(template, "spec", "spec", "devices", "requests");
  if (requests === UNKNOWN) return null;
  const each = requests.map((request) => {
    const exactly = readText(request, "exactly", "deviceClassName");
    // Before resource.k8s.io/v1 the class stood in the request itself.
    const name = exactly === null ? readText(request, "deviceClassName") : exactly;
    if (typeof name !== "string") return null;
    return NETWORK_CLASSES.has(name) ? true : OTHER_CLASSES.test(name) ? false : null;
  });
  return each.includes(true) ? true : each.includes(null) ? null : false;
}
