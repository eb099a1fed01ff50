import type { Architecture, Attention, GroupedAttention, LatentAttention } from "./architecture.ts";
import type { CatalogFact } from "./catalog.ts";
import { type Fields, inner, numeral, numeralOr, written } from "./entry.ts";

/** The architecture of a catalog model. Throws where a dimension is missing: the catalog is ours. */
export function readArchitecture(id: string, fields: Fields): CatalogFact<Architecture> {
  const fact = written(id, fields, "architecture");
  const value = fact.value as unknown as Fields | null;
  return { ...fact, value: value === null ? null : dimensions(id, value) };
}

function dimensions(id: string, fields: Fields): Architecture {
  const dense = inner(fields, "dense");
  const routed = inner(fields, "routed");
  return {
    layers: numeral(id, fields, "layers"),
    hidden: numeral(id, fields, "hidden"),
    vocabulary: numeral(id, fields, "vocabulary"),
    tiedEmbeddings: fields.tiedEmbeddings === true,
    attention: attention(id, inner(fields, "attention") ?? {}),
    dense: dense && { layers: numeral(id, dense, "layers"), intermediate: numeral(id, dense, "intermediate") },
    routed: routed && {
      layers: numeral(id, routed, "layers"),
      experts: numeral(id, routed, "experts"),
      activePerToken: numeral(id, routed, "activePerToken"),
      intermediate: numeral(id, routed, "intermediate"),
      shared: numeralOr(id, routed, "shared", 0),
      sharedIntermediate: numeralOr(id, routed, "sharedIntermediate", 0),
    },
    draftLayers: numeralOr(id, fields, "draftLayers", 0),
    maxContext: numeral(id, fields, "maxContext"),
    nativeFormat: (fields.nativeFormat as Architecture["nativeFormat"] | undefined) ?? null,
  };
}

const attention = (id: string, fields: Fields): Attention =>
  fields.kind === "latent" ? latent(id, fields) : grouped(id, fields);

function grouped(id: string, fields: Fields): GroupedAttention {
  const windowed = inner(fields, "windowed");
  const linear = inner(fields, "linear");
  return {
    kind: "grouped",
    heads: numeral(id, fields, "heads"),
    keyValueHeads: numeral(id, fields, "keyValueHeads"),
    headDim: numeral(id, fields, "headDim"),
    queryGate: fields.queryGate === true,
    fullLayers: numeral(id, fields, "fullLayers", 0),
    windowed: windowed && {
      layers: numeral(id, windowed, "layers"),
      window: numeral(id, windowed, "window"),
      chunked: windowed.chunked === true,
    },
    linear: linear && {
      layers: numeral(id, linear, "layers"),
      keyHeads: numeral(id, linear, "keyHeads"),
      valueHeads: numeral(id, linear, "valueHeads"),
      keyDim: numeral(id, linear, "keyDim"),
      valueDim: numeral(id, linear, "valueDim"),
      convolution: numeral(id, linear, "convolution"),
    },
  };
}

function latent(id: string, fields: Fields): LatentAttention {
  const indexer = inner(fields, "indexer");
  return {
    kind: "latent",
    heads: numeral(id, fields, "heads"),
    queryRank: numeral(id, fields, "queryRank"),
    keyValueRank: numeral(id, fields, "keyValueRank"),
    nopeDim: numeral(id, fields, "nopeDim"),
    ropeDim: numeral(id, fields, "ropeDim"),
    valueDim: numeral(id, fields, "valueDim"),
    indexer: indexer && {
      heads: numeral(id, indexer, "heads"),
      dim: numeral(id, indexer, "dim"),
      topK: numeral(id, indexer, "topK"),
    },
  };
}
