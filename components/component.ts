import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Catalog } from "./catalog/catalog.ts";
import { GpuNodePool } from "./compute/component.ts";
import { Network } from "./network/component.ts";
import { type Part, partsOf } from "./objects.ts";
import { planDigest } from "./plan-json.ts";
import type { Plan } from "./plan-types.ts";
import { PowerBudget } from "./power/component.ts";
import { InferenceStack, ModelEndpoint } from "./serving/component.ts";

export interface SiteArgs {
  readonly plan: Plan;
  readonly catalog: Catalog;
  /** Folder that target `render` writes manifests to. @example ".millrace/lab/manifests" */
  readonly manifests: string;
}

type Build = (part: Part, options: pulumi.ComponentResourceOptions) => pulumi.ComponentResource;

/** One class a kind of part; the arguments are plan data that `partsOf` has put together for it. */
const CLASSES: Readonly<Record<Part["component"], Build>> = {
  InferenceStack: (part, options) => new InferenceStack(part.name, argsOf(part), options),
  Network: (part, options) => new Network(part.name, argsOf(part), options),
  GpuNodePool: (part, options) => new GpuNodePool(part.name, argsOf(part), options),
  PowerBudget: (part, options) => new PowerBudget(part.name, argsOf(part), options),
  ModelEndpoint: (part, options) => new ModelEndpoint(part.name, argsOf(part), options),
};

const argsOf = <Args>(part: Part): Args => ({ ...part.args, objects: part.objects }) as Args;

/** A whole site on its target: every part of the plan, namespaces first, endpoints last. */
export class Site extends pulumi.ComponentResource {
  constructor(name: string, { plan, catalog, manifests }: SiteArgs, options?: pulumi.ComponentResourceOptions) {
    const told = { site: plan.site, plan: planDigest(plan), target: plan.target.kind };
    super("millrace:site:Site", name, told, options);
    const provider = targetProvider(`${name}-target`, plan, manifests, this);
    const built: pulumi.ComponentResource[] = [];
    for (const part of partsOf(plan, catalog)) {
      const dependsOn = part.component === "ModelEndpoint" ? [...built] : built.slice(0, 1);
      const component = CLASSES[part.component](part, { parent: this, providers: [provider], dependsOn });
      if (part.component !== "ModelEndpoint") built.push(component);
    }
    this.registerOutputs(told);
  }
}

/** Where the objects go: files in a folder, or the cluster that the blueprint names. */
function targetProvider(name: string, plan: Plan, manifests: string, parent: pulumi.Resource): kubernetes.Provider {
  const args = plan.target.kind === "render" ? { renderYamlToDirectory: manifests } : { context: plan.target.context };
  return new kubernetes.Provider(name, args, { parent });
}
