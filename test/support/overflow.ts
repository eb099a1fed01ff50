import { ohioWith } from "./sites.ts";

/** The H100 pool of Ohio with pools on demand and on spot that it overflows into, named the wrong way round. */
export const overflowing = (...more: [string, string][]): string =>
  ohioWith(
    ["\nserving:", `\n${lender("cheap", "spot")}${lender("burst", "on-demand")}\nserving:`],
    ["  - id: h100\n", "  - id: h100\n    overflow: [cheap, burst]\n"],
    ["    - { of: on-demand P, vcpus: { value: 1920,", "    - { of: on-demand P, vcpus: { value: 2304,"],
    ...more,
  );

const lender = (id: string, capacity: string): string => `  - id: ${id}
    phase: ohio
    capacity: ${capacity}
    instances:
      type: p5.48xlarge
      count: 2
      spare: 0
      zone: us-east-2a
      pricePerHour: { value: $30, source: "finance memo OHIO-FIN-4" }
`;
