import type { Opened } from "../../components/open.ts";
import { sizeEndpoint } from "../../components/serving/sizing/size.ts";
import type { Sizing } from "../../components/serving/sizing/sizing-types.ts";

/** The sizing of an endpoint of an opened site. */
export function sizingOf({ site, plan, catalog }: Opened, index: number): Sizing {
  const endpoint = site.serving.endpoints[index];
  if (endpoint === undefined) throw new Error(`the site has no endpoint ${index}`);
  return sizeEndpoint(endpoint, index, { plan, catalog, pue: site.power?.pue.value ?? null });
}
