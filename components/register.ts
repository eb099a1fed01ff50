import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { AwsResource } from "./aws/resource.ts";
import type { KubernetesObject, PlannedObject } from "./kubernetes.ts";

type Register = (name: string, args: KubernetesObject, options: pulumi.CustomResourceOptions) => pulumi.CustomResource;

/** Kubernetes' own kinds by the class that the provider has for them; every other kind is a custom resource. */
const CLASSES: ReadonlyMap<string, Register> = new Map<string, Register>([
  ["v1/Namespace", (name, args, options) => new kubernetes.core.v1.Namespace(name, args as object, options)],
  ["v1/ConfigMap", (name, args, options) => new kubernetes.core.v1.ConfigMap(name, args as object, options)],
  ["v1/Service", (name, args, options) => new kubernetes.core.v1.Service(name, args as object, options)],
  ["v1/ServiceAccount", (name, args, options) => new kubernetes.core.v1.ServiceAccount(name, args as object, options)],
  ["apps/v1/Deployment", (name, args, options) => new kubernetes.apps.v1.Deployment(name, args as object, options)],
  [
    "rbac.authorization.k8s.io/v1/Role",
    (name, args, options) => new kubernetes.rbac.v1.Role(name, args as object, options),
  ],
  [
    "rbac.authorization.k8s.io/v1/RoleBinding",
    (name, args, options) => new kubernetes.rbac.v1.RoleBinding(name, args as never, options),
  ],
  [
    "policy/v1/PodDisruptionBudget",
    (name, args, options) => new kubernetes.policy.v1.PodDisruptionBudget(name, args as object, options),
  ],
  [
    "networking.k8s.io/v1/NetworkPolicy",
    (name, args, options) => new kubernetes.networking.v1.NetworkPolicy(name, args as object, options),
  ],
  [
    "scheduling.k8s.io/v1/PriorityClass",
    (name, args, options) => new kubernetes.scheduling.v1.PriorityClass(name, args as never, options),
  ],
]);

/** What every component of a plan is given: figures that policies may read, and the objects that it stands for. */
export interface PlannedArgs {
  readonly objects: readonly PlannedObject[];
  readonly resources?: readonly AwsResource[];
  /** Null where the target is no cloud. */
  readonly cloud?: Cloud | null;
}

/** Registers resources of a cloud, which refer to one another by name: each after those that it names. */
export interface Cloud {
  readonly register: (resource: AwsResource, parent: pulumi.Resource) => void;
  /** Way to the cluster for who reaches its private endpoint. */
  readonly kubeconfig: () => pulumi.Output<string>;
}

/**
 * A component whose children are the plan's objects and resources of a cloud, in their order. What policies may read
 * goes to the engine as inputs and as outputs; `dependsOn` and `provider` hold
 * for every object, and not for the component or the resources of a cloud: the cluster that all objects need is one of
 * them.
 */
export class PlannedComponent<Args extends PlannedArgs> extends pulumi.ComponentResource {
  constructor(type: string, name: string, args: Args, options: pulumi.ComponentResourceOptions = {}) {
    const { objects, resources = [], cloud = null, ...told } = args;
    const { dependsOn, provider, ...own } = options;
    super(type, name, told, own);
    const children = {
      parent: this,
      ...(dependsOn === undefined ? {} : { dependsOn }),
      ...(provider === undefined ? {} : { provider }),
    };
    for (const resource of resources) cloud?.register(resource, this);
    for (const { name: child, object, retained = false } of objects) {
      const register = CLASSES.get(`${object.apiVersion}/${object.kind}`) ?? custom;
      register(child, structuredClone(object), retained ? { ...children, retainOnDelete: true } : children);
    }
    this.registerOutputs(told);
  }
}

const custom: Register = (name, args, options) =>
  new kubernetes.apiextensions.CustomResource(name, args as kubernetes.apiextensions.CustomResourceArgs, options);
