import type { Catalog, UltraServer } from "../catalog/catalog.ts";
import type { Instances } from "./schema.ts";

/** UltraServers in which a cloud rents an instance. */
export const ultraServersOf = (instance: string, { ultraServers }: Pick<Catalog, "ultraServers">) =>
  [...ultraServers.values()].filter((each) => each.instance === instance);

/** The one that the blueprint names, else the only one of which the reservation holds a whole number; null where that is open. */
export function ultraServerOf(
  { type, ultraServer, reservation }: Instances,
  catalog: Pick<Catalog, "ultraServers">,
): UltraServer | null {
  if (ultraServer !== undefined) return catalog.ultraServers.get(ultraServer) ?? null;
  const whole = ultraServersOf(type, catalog).filter(
    ({ instances }) =>
      instances.value !== null && reservation !== undefined && reservation.count % instances.value === 0,
  );
  return whole.length === 1 ? (whole[0] ?? null) : null;
}
