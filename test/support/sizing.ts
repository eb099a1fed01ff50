import type { Opened } from "../../components/open.ts";
import { sizeEndpoint } from "../../components/serving/sizing/size.ts";
import type { Buildable, Sizing } from "../../components/serving/sizing/sizing-types.ts";

/** The sizing of an endpoint of an opened site: on its open pools, or on those that are named. */
export function sizingOf(
  { site, plan, catalog }: Opened,
  index: number,
  pools: readonly string[] | null = null,
): Sizing {
  const endpoint = site.serving.endpoints[index];
  if (endpoint === undefined) throw new Error(`the site has no endpoint ${index}`);
  return sizeEndpoint(endpoint, index, { plan, catalog, pue: site.power?.pue.value ?? null, pools });
}

/** What sizing says to build, as it stands under an endpoint: its format and its copies. */
export function builtBy(buildable: Buildable | null): string {
  if (buildable === null) throw new Error("nothing to build");
  const lines = buildable.copies.flatMap(({ role, replicas, nodesPerReplica, gpusPerNode, spread }) => {
    const fields = [
      `replicas: ${replicas}`,
      `nodesPerReplica: ${nodesPerReplica}`,
      `gpusPerNode: ${gpusPerNode}`,
      `spread: ${spread}`,
    ];
    return role === "prefill" ? [`prefill: { ${fields.join(", ")} }`] : fields;
  });
  return [`precision: ${buildable.format}`, ...lines].join("\n      ");
}
