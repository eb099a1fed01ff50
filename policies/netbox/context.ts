import type { Device } from "../../components/catalog/device.ts";
import { byName } from "../../components/catalog/names.ts";
import type { DeviceType, NetBoxFile, PowerPanel } from "../../components/netbox/records.ts";
import type { Watts } from "../../components/quantity.ts";
import type { RuleOn } from "../rule.ts";

/** What the as-built rules look at: one file, with what the others and the site say. */
export interface NetBoxContext {
  readonly file: NetBoxFile;
  /** Power panels of all files. */
  readonly panels: readonly PowerPanel[];
  readonly devices: ReadonlyMap<string, Device>;
  /** The site's rack that feeds are held against; null where no site is named. */
  readonly rack: RackLoad | null;
  readonly asState: null;
}
export type NetBoxRule = RuleOn<NetBoxContext>;

export interface RackLoad {
  /** TDP of a rack; null where it is unknown, or where racks of several systems leave it open which one stands there. */
  readonly watts: Watts | null;
  readonly from: string;
}

interface Known {
  readonly type: DeviceType;
  readonly device: Device;
}

/** Device types that the catalog knows; of the others `netbox/device-type` says so. */
export const knownTypes = ({ file, devices }: NetBoxContext): readonly Known[] =>
  file.deviceTypes.flatMap((type) => {
    const device = byName(devices, type.slug);
    return device === undefined ? [] : [{ type, device }];
  });

/** Where a fact of the catalog stands. */
export const factOf = ({ id }: Device, fact: keyof Device): string => `catalog:devices/${id}/${fact}`;

/** A place in a record of the file. */
export const placeIn = ({ at }: { readonly at: string }, path: string): string => (at === "" ? path : `${at}.${path}`);
