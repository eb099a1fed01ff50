import { type Static, Type } from "typebox";
import { awsTarget } from "../aws/schema.ts";
import { buildings, pools } from "../compute/schema.ts";
import { cooling } from "../cooling/schema.ts";
import { cost } from "../cost/schema.ts";
import { network } from "../network/schema.ts";
import { power } from "../power/schema.ts";
import { serving } from "../serving/schema.ts";
import {
  block,
  type Decided,
  day,
  fact,
  id,
  idTemplate,
  list,
  namedValues,
  quarter,
  reference,
  text,
} from "./fields.ts";
import { PHASE_STATES } from "./phase-state.ts";

const demand = block(
  {
    said: text("Who said it, and where.", 300),
    power: fact("power", "The figure."),
  },
  "A published figure for the site's demand; figures of different origin are never merged.",
);

const head = block(
  {
    name: text("Name of the site."),
    place: text("City, state or region, country."),
    timeZone: Type.String({
      pattern: "^[A-Za-z_]+(/[A-Za-z_+-]+){0,2}$",
      maxLength: 60,
      description: "IANA time zone.",
      examples: ["America/Chicago"],
    }),
    demand: Type.Optional(list(demand, "Published demand figures, kept apart.", 0, 50)),
  },
  "What and where the site is.",
);

const evidence = block(
  {
    gate: reference("gate", "Gate of the commissioning ladder that the document proves."),
    document: text("Id of the document."),
    date: day("Day it was signed."),
    signedBy: text("Who signed it."),
    measured: Type.Optional(
      namedValues("What the document measured, by the names and units of the gate: `busbw: 806.1 GB/s`."),
    ),
    agreed: Type.Optional(
      namedValues("Limits that the parties agreed on, by the same names, where the gate has none or a weaker one."),
    ),
  },
  "A signed document for one gate.",
);

const study = block(
  {
    study: reference("study", "Study of the catalog that the document is."),
    document: text("Id of the document."),
    date: day("Day it was signed."),
    signedBy: text("Who signed it."),
    tool: text("Tool with its version, and version of the model."),
    limits: text("Within what its results hold.", 500),
    madeFor: Type.String({
      pattern: "^[a-z]{1,20}:[0-9a-f]{12}(?: [a-z]{1,20}:[0-9a-f]{12}){0,9}$",
      maxLength: 400,
      description: "Parts of the plan that it was made for, as `check` prints them. It is stale once one has changed.",
      examples: ["supply:3f2a9c0d1e4b load:77ab01cd23ef"],
    }),
  },
  "A signed study of what no rule can compute.",
);

const phase = block(
  {
    id: id("Name of the phase."),
    from: quarter("Quarter in which its racks draw power."),
    state: Type.Enum([...PHASE_STATES], { description: "What the phase has reached." }),
    buildings: Type.Optional(
      list(
        idTemplate("Building that comes with the phase."),
        "Buildings that come with the phase; needed where the site has racks.",
        1,
        1_000,
      ),
    ),
    evidence: list(evidence, "Signed documents for the gates up to the state.", 0, 1_000),
    studies: Type.Optional(list(study, "Signed studies of what no rule can compute.", 0, 1_000)),
  },
  "A step in which part of the site comes online.",
);
export type Phase = Decided<typeof phase>;

const waiver = block(
  {
    rule: reference("rule", "Rule that is waived."),
    subject: text("Subject of the finding, as `check` prints it."),
    reason: text("Why it is acceptable for now.", 500),
    owner: text("Who answers for it."),
    ticket: text("Where it is tracked."),
    expires: day("Last day of the waiver, at most 90 days ahead."),
  },
  "A finding that somebody answers for, for a while.",
);
export type Waiver = Decided<typeof waiver>;

const renderTarget = block({ kind: Type.Literal("render") }, "Manifests to a folder; no cluster.");
const kubernetesTarget = block(
  { kind: Type.Literal("kubernetes"), context: text("Context of the kubeconfig.", 253) },
  "A cluster, by kubeconfig.",
);
const target = Type.Unsafe<Static<typeof renderTarget> | Static<typeof kubernetesTarget> | Static<typeof awsTarget>>({
  description: "What the plan is built on.",
  type: "object",
  required: ["kind"],
  properties: { kind: { type: "string", description: "Kind of target: render, kubernetes or aws." } },
  discriminator: { propertyName: "kind" },
  oneOf: [renderTarget, kubernetesTarget, awsTarget],
});

export const siteSchema = Type.Object(
  {
    apiVersion: Type.Literal("millrace/v1", { description: "Version of the blueprint's form." }),
    site: head,
    power: Type.Optional(power),
    cooling: Type.Optional(cooling),
    buildings: Type.Optional(buildings),
    phases: list(phase, "Phases, in the order in which they come online.", 1, 200),
    network,
    pools,
    serving,
    cost,
    target,
    waivers: Type.Optional(list(waiver, "Findings that somebody answers for.", 0, 500)),
  },
  {
    $id: "https://millrace.dev/schemas/site-v1.json",
    title: "Millrace site blueprint",
    additionalProperties: false,
  },
);

/** What people decided, typed and frozen; nothing computed. */
export type Site = Decided<typeof siteSchema>;
