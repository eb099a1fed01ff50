import { byName } from "../../../components/catalog/names.ts";
import { didYouMean } from "../../../components/site/nearest.ts";
import { type NetBoxRule, placeIn } from "../../netbox/context.ts";
import { condition } from "../../rule.ts";

/** A device type that the catalog does not know proves nothing. */
export const deviceType: NetBoxRule = {
  id: "netbox/device-type",
  enforcement: "mandatory",
  severity: "medium",
  mandatoryFrom: null,
  claim: "the catalog knows the device type",
  why: "what nobody has looked up cannot be held against anything",
  formula: "slug is an id or alias in the catalog of devices",
  source: "catalog: devices, each fact with its source",
  inputs: "slug",
  pass: "the catalog has facts of it",
  fail: "never: an unknown type is unproved",
  unproved: "the catalog has no facts of it",
  fix: "mend the slug, or add the device to components/catalog/devices.yaml, with sources",
  manualCheck: "look for the slug in components/catalog/devices.yaml",
  notApplicable: "no device type in the files",
  subjects: ({ file, devices }) => {
    const known = [...devices.values()].flatMap(({ aliases }) => aliases);
    return file.deviceTypes.map((type) => ({
      id: type.slug,
      at: placeIn(type, "slug"),
      state: null,
      claim: "all-of",
      unit: "",
      inputs: [
        condition(
          "the catalog knows the type",
          byName(devices, type.slug) === undefined ? null : true,
          placeIn(type, "slug"),
        ),
      ],
      message: ({ verdict }) => `${type.slug}: the catalog ${verdict === "proved" ? "knows" : "does not know"} it`,
      fix: () => didYouMean(type.slug, known, deviceType.fix),
    }));
  },
};
