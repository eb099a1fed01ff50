import { expect, test } from "vitest";
import { missingNames } from "../../policies/netbox/missing-names.ts";

test.each([
  ["pairs", ["P1.0", "P1.1", "P2.0", "P3.1", "P4.0", "P4.1"], ["P2.1", "P3.0"]],
  ["a run", ["swp1", "swp2", "swp4", "eth0"], ["swp3"]],
  ["lanes", ["sw1p1", "sw1p2", "sw2p1"], ["sw2p2"]],
  ["nothing missing", ["Ethernet1/1", "Ethernet1/2", "Ethernet1/3"], []],
  ["no numbering: more is missing than there is", ["vlan10", "vlan4000"], []],
  ["no numbers", ["a", "b"], []],
  ["no names", [], []],
  ["a name twice", ["swp1", "swp1", "swp2"], []],
] as const)("%s", (_, names, missing) => {
  expect(missingNames(names)).toEqual(missing);
});

test("a thousand names that only look like a numbering are not multiplied out", () => {
  const names = Array.from({ length: 1_000 }, (_, index) => `p${index}.${index}`);
  expect(missingNames(names)).toEqual([]);
});
