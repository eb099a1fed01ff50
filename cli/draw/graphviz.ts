import { Graphviz } from "@hpcc-js/wasm-graphviz";

/** A graph in Graphviz' language as an SVG element, without the head of a document. */
export async function drawDot(dot: string): Promise<string> {
  const svg = (await Graphviz.load()).dot(dot, "svg");
  return svg.slice(svg.indexOf("<svg"));
}
