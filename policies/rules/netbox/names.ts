import type { NetBoxRule } from "../../netbox/context.ts";
import { condition } from "../../rule.ts";

/** Components of one kind are told apart by their names. */
export const names: NetBoxRule = {
  id: "netbox/names",
  enforcement: "mandatory",
  severity: "medium",
  mandatoryFrom: null,
  claim: "a name stands once among the components of one kind",
  why: "NetBox refuses the second of a name, and a cable that ends at it ends at the first",
  formula: "no two ports, bays or interfaces of one list share a name",
  source: "NetBox: component templates are unique by device type and name",
  inputs: "the names in each list of the device type",
  pass: "each name stands once",
  fail: "a name stands twice",
  unproved: "never: the names are in the file",
  fix: "rename one of the two",
  manualCheck: "sort the names of each list, and look for neighbours that are alike",
  notApplicable: "no device type in the files",
  subjects: ({ file }) =>
    file.deviceTypes.map(({ slug, doubledNames, at }) => ({
      id: slug,
      at: doubledNames[0]?.at ?? at,
      state: null,
      claim: "all-of",
      unit: "",
      inputs: [condition("each name stands once", doubledNames.length === 0, doubledNames[0]?.at ?? at)],
      message: () =>
        doubledNames.length === 0
          ? `${slug}: each name stands once`
          : `${slug}: ${[...new Set(doubledNames.map(({ name }) => name))].slice(0, 8).join(", ")} stands more than once`,
    })),
};
