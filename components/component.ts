import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Cluster } from "./aws/component.ts";
import type { Catalog } from "./catalog/catalog.ts";
import { GpuNodePool, GpuStack } from "./compute/component.ts";
import { Network } from "./network/component.ts";
import { type Part, partsOf } from "./objects.ts";
import { planDigest } from "./plan-json.ts";
import type { Plan } from "./plan-types.ts";
import { PowerBudget } from "./power/component.ts";
import type { Cloud } from "./register.ts";
import { InferenceStack, ModelEndpoint } from "./serving/component.ts";

export interface SiteArgs {
  readonly plan: Plan;
  readonly catalog: Catalog;
  /** Folder that target `render` writes manifests to. @example ".millrace/lab/manifests" */
  readonly manifests: string;
  /** Null where the target is no cloud. */
  readonly cloud: Cloud | null;
}

type PartClass = new (name: string, args: never, options: pulumi.ComponentResourceOptions) => pulumi.ComponentResource;

/** One class a kind of part; the arguments are plan data that `partsOf` has put together for it. */
const CLASSES = {
  InferenceStack,
  Network,
  Cluster,
  GpuStack,
  GpuNodePool,
  PowerBudget,
  ModelEndpoint,
} satisfies Readonly<Record<Part["component"], PartClass>>;

function build(part: Part, cloud: Cloud | null, options: pulumi.ComponentResourceOptions): pulumi.ComponentResource {
  const Component: PartClass = CLASSES[part.component];
  const { args, objects, resources = [] } = part;
  return new Component(part.name, { ...args, objects, resources, cloud } as never, options);
}

/** A whole site on its target: every part of the plan, namespaces first, endpoints last. */
export class Site extends pulumi.ComponentResource {
  constructor(name: string, { plan, catalog, manifests, cloud }: SiteArgs, options?: pulumi.ComponentResourceOptions) {
    const told = { site: plan.site, plan: planDigest(plan), target: plan.target.kind };
    super("millrace:site:Site", name, told, options);
    const [kubeconfig, resolveKubeconfig] = pulumi.deferredOutput<string>();
    const provider = targetProvider(`${name}-target`, plan, manifests, kubeconfig, this);
    const built: pulumi.ComponentResource[] = [];
    for (const part of partsOf(plan, catalog)) {
      const dependsOn = part.component === "ModelEndpoint" ? [...built] : built.slice(0, 1);
      const component = build(part, cloud, { parent: this, provider, dependsOn });
      if (part.component !== "ModelEndpoint") built.push(component);
    }
    resolveKubeconfig(cloud === null ? pulumi.output("") : cloud.kubeconfig());
    this.registerOutputs(told);
  }
}

/** Where the objects go: files in a folder, the cluster that the blueprint names, or the one that is made here. */
function targetProvider(
  name: string,
  { target }: Plan,
  manifests: string,
  kubeconfig: pulumi.Output<string>,
  parent: pulumi.Resource,
): kubernetes.Provider {
  const args =
    target.kind === "kubernetes"
      ? { context: target.context }
      : target.kind === "aws" && target.objects === "applied"
        ? { kubeconfig }
        : { renderYamlToDirectory: manifests };
  return new kubernetes.Provider(name, args, { parent });
}
