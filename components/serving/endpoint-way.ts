import type { Architecture } from "../catalog/architecture.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Configuration } from "./capacity/point.ts";
import { type Precision, precisionOf } from "./capacity/precision.ts";
import { beyondContext, ENGINE, type Question, trafficOf } from "./question.ts";
import { gpusOfCopy, parallelOf, type RoleCopies, TOLD_OF } from "./roles.ts";
import { kept, knownOf } from "./sizing/known.ts";
import { isRefusal, type ServiceModel, serviceModel } from "./sizing/service-model.ts";
import { speculated } from "./sizing/speculated.ts";
import { answersPart, promptsPart, splitWay } from "./sizing/split.ts";
import { type Way, wholeWay } from "./sizing/way.ts";

type Widths = Pick<RoleCopies, "role" | "nodesPerReplica" | "gpusPerNode" | "spread">;

/** The way in which the blueprint serves an endpoint, or why it cannot; null where its format means nothing for the model. */
export function endpointWay(
  asked: Question,
  label: string,
  roles: readonly Widths[],
  catalog: Catalog,
): Way | { readonly refused: string } | null {
  const precision = precisionOf(asked.architecture, label);
  if (precision === null) return null;
  const why = beyondContext(asked);
  if (why !== null) return { refused: why };
  const models = roles.map((role) => ({ role, model: modelOf(asked, precision, role, catalog) }));
  for (const { role, model } of models) {
    if (isRefusal(model)) return { refused: `${TOLD_OF[role.role]}${model.refused}` };
  }
  return kept(catalog, wayKey(asked, label, roles), () => wayOf(asked, models as readonly Modelled[]));
}

/** All that a way hangs on, beside the catalog. */
export const wayKey = (
  { model, gpu, demand, objective, speculation }: Question,
  label: string,
  roles: readonly Widths[],
): string => JSON.stringify([model, gpu.id, label, roles.map(widths), demand, objective, speculation]);

const widths = (role: Widths) => [role.role, parallelOf(role)];

interface Modelled {
  readonly role: Widths;
  readonly model: ServiceModel;
}

function wayOf(asked: Question, [first, second]: readonly Modelled[]): Way {
  if (first === undefined) throw new Error("an endpoint has copies of at least one role");
  return second === undefined
    ? wholeWay(parallelOf(first.role), first.model, trafficOf(asked), asked.objective)
    : splitWay(
        asked,
        promptsPart(asked, parallelOf(first.role), first.model),
        answersPart(asked, parallelOf(second.role), second.model),
      );
}

function modelOf(asked: Question, precision: Precision, role: Widths, catalog: Catalog) {
  const refused = spreadRefusal(asked.architecture, role) ?? draftRefusal(asked);
  if (refused !== null) return { refused };
  const configuration = configurationOf(asked, precision, role);
  const { knowledge, predict } = knownOf(catalog, configuration);
  const plain = serviceModel(configuration, asked.demand, knowledge, predict);
  return asked.speculation === null || isRefusal(plain)
    ? plain
    : speculated(plain, asked.architecture.layers, asked.speculation);
}

/** What one role of the endpoint is predicted as. */
export const configurationOf = (
  { model, architecture, gpu }: Question,
  precision: Precision,
  role: Widths,
): Configuration => ({ model, architecture, gpu, precision, parallel: parallelOf(role), engine: ENGINE });

const draftRefusal = ({ speculation, architecture }: Question): string | null =>
  speculation?.ownLayers === true && architecture.draftLayers === 0
    ? "the model has no draft layers of its own: name a draft for it"
    : null;

/** Why experts cannot be spread over the GPUs of a copy; null where they can, or are not. */
function spreadRefusal({ routed }: Architecture, role: Widths): string | null {
  if (role.spread !== "expert") return null;
  if (routed === null) return "spread is expert, and the model has no routed experts";
  const gpus = gpusOfCopy(role);
  return routed.experts % gpus === 0
    ? null
    : `spread is expert, and ${routed.experts} experts do not divide evenly over ${gpus} GPUs`;
}
