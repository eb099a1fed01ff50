import { createHash } from "node:crypto";
import { main, type Provider } from "@pulumi/pulumi/provider/index.js";
import { inputFaults, schemaOf } from "../sdk-schema.ts";

/** How the engine writes a value that it does not know yet. */
const UNKNOWN_ON_THE_WIRE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

type Inputs = Readonly<Record<string, unknown>>;

/** The type of a resource, and its name, as its URN ends. */
function partsOf(urn: string): { readonly type: string; readonly name: string } {
  const [, , types = "", name = ""] = urn.split("::").length === 4 ? urn.split("::") : [];
  return { type: types.split("$").at(-1) ?? "", name };
}

/** What AWS would compute, made up: the same for the same resource. */
function computed(type: string, name: string, inputs: Inputs): Inputs {
  const mark = createHash("sha256").update(name).digest("hex").slice(0, 17);
  const plain = [...schemaOf(type).computed].flatMap(([key, declared]) => {
    const value = madeUp(declared.getText(), `${key}-${mark}`);
    return value === undefined ? [] : [[key, value] as const];
  });
  return { ...Object.fromEntries(plain), ...NESTED.get(type)?.(mark, inputs) };
}

function madeUp(declared: string, text: string): unknown {
  if (declared === "pulumi.Output<string>") return text;
  return declared === "pulumi.Output<number>" ? 1 : undefined;
}

/** Outputs that stand inside others. */
const NESTED: ReadonlyMap<string, (mark: string, inputs: Inputs) => Inputs> = new Map<
  string,
  (mark: string, inputs: Inputs) => Inputs
>([
  [
    "aws:eks/cluster:Cluster",
    (mark: string, inputs: Inputs) => ({
      vpcConfig: { ...(inputs.vpcConfig as object), clusterSecurityGroupId: `sg-${mark}`, vpcId: `vpc-${mark}` },
      certificateAuthority: { data: Buffer.from(mark).toString("base64") },
    }),
  ],
  [
    "aws:eks/nodeGroup:NodeGroup",
    (mark: string) => ({
      resources: [{ autoscalingGroups: [{ name: `eks-${mark}` }], remoteAccessSecurityGroupId: "" }],
    }),
  ],
]);

const provider: Provider = {
  version: "7.48.0",
  check: async (urn, _olds, news) => {
    const { type } = partsOf(urn);
    if (!type.startsWith("aws:")) return { inputs: news };
    const { __defaults: _, ...given } = news as Inputs & { readonly __defaults?: unknown };
    const faults = inputFaults(type, given, (value) => value === UNKNOWN_ON_THE_WIRE);
    return { inputs: news, failures: faults.map((reason) => ({ property: type, reason })) };
  },
  create: async (urn, inputs) => {
    const { type, name } = partsOf(urn);
    return { id: `${name}-id`, outs: { ...inputs, ...computed(type, name, inputs) } };
  },
  update: async (_id, urn, _olds, news) => {
    const { type, name } = partsOf(urn);
    return { outs: { ...news, ...computed(type, name, news) } };
  },
  delete: async () => {},
  invoke: async (token) => {
    throw new Error(`the stand-in has no answer for ${token}`);
  },
};

await main(provider, process.argv.slice(2));
