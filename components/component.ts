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

type PartClass = new (name: string, args: never, options: pulumi.ComponentResourceOptions) => pulumi.ComponentResource;

/** One class a kind of part; the arguments are plan data that `partsOf` has put together for it. */
const CLASSES = { InferenceStack, Network, GpuNodePool, PowerBudget, ModelEndpoint } satisfies Readonly<
  Record<Part["component"], PartClass>
>;

function build(part: Part, options: pulumi.ComponentResourceOptions): pulumi.ComponentResource {
  const Component: PartClass = CLASSES[part.component];
  return new Component(part.name, { ...part.args, objects: part.objects } as never, options);
}

/** A whole site on its target: every part of the plan, namespaces first, endpoints last. */
export class Site extends pulumi.ComponentResource {
  constructor(name: string, { plan, catalog, manifests }: SiteArgs, options?: pulumi.ComponentResourceOptions) {
    const told = { site: plan.site, plan: planDigest(plan), target: plan.target.kind };
    super("millrace:site:Site", name, told, options);
    const provider = targetProvider(`${name}-target`, plan, manifests, this);
    const built: pulumi.ComponentResource[] = [];
    for (const part of partsOf(plan, catalog)) {
      const dependsOn = part.component === "ModelEndpoint" ? [...built] : built.slice(0, 1);
      const component = build(part, { parent: this, providers: [provider], dependsOn });
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
