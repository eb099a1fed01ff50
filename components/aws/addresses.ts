const PARTS = 16;

/** The sixteenths of a network, in order: a zone keeps its own when zones are added behind it. */
export function sixteenths(network: string): readonly string[] {
  const [address = "", length = ""] = network.split("/");
  const first = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - Number(length)) / PARTS;
  return Array.from({ length: PARTS }, (_, index) => `${dotted(first + index * size)}/${Number(length) + 4}`);
}

const dotted = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
