import type { Switch } from "../../catalog/catalog.ts";

/** A torus of cubes whose faces meet on optical circuit switches. */
export interface TorusSize {
  readonly chips: number;
  readonly linksPerCube: number;
  readonly endpoints: number;
  readonly switches: number;
  readonly portsUsed: number;
  /** Null where the ports of the switch are unknown; negative where they do not suffice. */
  readonly portsSpare: number | null;
}

/**
 * Each of the 6 × side² links of a cube's faces ends on a switch of its own place and axis, opposite faces on the same
 * one: 3 × side² switches with two ports a cube. Source: Jouppi et al., TPU v4, ISCA 2023.
 */
export function sizeTorus(cubes: number, side: number, circuitSwitch: Pick<Switch, "cages">): TorusSize {
  const { value: ports } = circuitSwitch.cages;
  const face = side * side;
  return {
    chips: cubes * side * face,
    linksPerCube: 6 * face,
    endpoints: cubes * 6 * face,
    switches: 3 * face,
    portsUsed: 2 * cubes,
    portsSpare: ports === null ? null : ports - 2 * cubes,
  };
}
