/** What an access fabric serves, counts ≥ 0. */
export interface AccessDemand {
  /** Ports of nodes, and of switches of the other fabrics, one each. */
  readonly ports: number;
  readonly racks: number;
  readonly portsPerRack: number;
  /** Height units of the other fabrics' switches. */
  readonly rackUnits: number;
  /** Of one access switch. */
  readonly switchUnits: number;
  readonly unitsPerRack: number;
  readonly portsPerSwitch: number;
}

export interface AccessSize {
  readonly switches: number;
  readonly networkRacks: number;
}

/**
 * Access switches, which take ports themselves, and fill racks whose power units take ports again: the least fixed
 * point. It ends: each round is monotone in the one before and its slope is (1 + ports a rack × units of a switch ÷ units
 * of a rack) ÷ ports of a switch; at a slope below 1 the rounds from 0 rise to a bound. At 1 or above there may be none: null.
 */
export function sizeAccess(demand: AccessDemand): AccessSize | null {
  const { portsPerRack, switchUnits, unitsPerRack, portsPerSwitch } = demand;
  if (1 + (portsPerRack * switchUnits) / unitsPerRack >= portsPerSwitch) return null;
  let switches = 0;
  for (;;) {
    const networkRacks = Math.ceil((demand.rackUnits + switches * switchUnits) / unitsPerRack);
    const ports = demand.ports + switches + portsPerRack * (demand.racks + networkRacks);
    const next = Math.ceil(ports / portsPerSwitch);
    if (next === switches) return { switches, networkRacks };
    switches = next;
  }
}
