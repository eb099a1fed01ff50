import type { RegisteredObject } from "../../policies/registered.ts";

interface Engine {
  readonly role?: unknown;
  readonly model?: unknown;
  readonly args?: unknown;
  readonly resources?: object;
  readonly spec?: object;
  readonly container?: object;
  readonly namespace?: string;
}

export const NIXL = '{"kv_connector":"NixlConnector","kv_role":"kv_both"}';

/** A Deployment of an engine that hands KV caches over, as somebody adds it. */
export const engine = (
  name: string,
  {
    role = name,
    model = "llama-3.1-70b",
    args,
    resources = {},
    spec,
    container,
    namespace = "tenant-research",
  }: Engine,
): RegisteredObject => ({
  urn: `urn:pulumi:lab::millrace::kubernetes:apps/v1:Deployment::${name}`,
  object: {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace },
    spec: {
      replicas: 1,
      template: {
        metadata: { labels: { "llm-d.ai/role": role, "llm-d.ai/model": model } },
        spec: {
          containers: [
            {
              name: "engine",
              image: `docker.io/a/b@sha256:${"0".repeat(64)}`,
              args,
              resources: { limits: { "nvidia.com/gpu": "4", ...resources } },
              ...container,
            },
          ],
          ...spec,
        },
      },
    },
  },
});

/** Arguments of an engine over so many GPUs. */
export const split = (gpus: unknown, config: unknown = NIXL): readonly unknown[] => [
  "--model=example/model",
  typeof gpus === "number" ? `--tensor-parallel-size=${gpus}` : gpus,
  "--kv-transfer-config",
  config,
];

/** On the nodes of a pool. */
export const on = (pool: unknown) => ({ spec: { nodeSelector: { "millrace.dev/pool": pool } } });
