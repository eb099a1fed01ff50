import type { InstancesPlan } from "../compute/compute-types.ts";

/**
 * The network interfaces of a node: an ENA interface first, through which the node is reached, and exactly as many EFA
 * devices as the instance has, each on a card of its own; on card 0, where it carries EFA, as the second device. Null
 * where the layout is not known. Source: Amazon EC2 user guide, EFA on instances with several network cards.
 */
export function networkInterfaces(
  { efaDevices, efaOnFirstCard }: Pick<InstancesPlan, "efaDevices" | "efaOnFirstCard">,
  securityGroups: readonly unknown[],
): readonly object[] | null {
  if (efaDevices === null || efaOnFirstCard === null) return null;
  const first = efaOnFirstCard ? 0 : 1;
  const common = { deleteOnTermination: "true", securityGroups };
  return [
    { networkCardIndex: 0, deviceIndex: 0, interfaceType: "interface", ...common },
    ...Array.from({ length: efaDevices }, (_, index) => ({
      networkCardIndex: first + index,
      deviceIndex: first + index === 0 ? 1 : 0,
      interfaceType: "efa-only",
      ...common,
    })),
  ];
}
