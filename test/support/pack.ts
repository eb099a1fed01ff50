import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import services from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import { type RegisteredObject, UNKNOWN } from "../../policies/registered.ts";
import { ROOT } from "./sites.ts";

/** A diagnostic as the engine gets it. */
export interface Said {
  readonly policy: string;
  readonly level: "advisory" | "mandatory";
  /** What was reported, without the policy's description. */
  readonly text: string;
  readonly urn: string;
}

export interface RunningPack {
  readonly policies: () => Promise<readonly { readonly name: string; readonly level: Said["level"] }[]>;
  /** Levels by rule, as `--policy-pack-config` gives them. */
  readonly configure: (levels: Readonly<Record<string, "advisory" | "mandatory">>) => Promise<void>;
  readonly judge: (stack: string, objects: readonly RegisteredObject[]) => Promise<readonly Said[]>;
  readonly stop: () => Promise<void>;
}

type Methods = Readonly<
  Record<string, (request: unknown, answer: (error: Error | null, response: unknown) => void) => void>
>;

// Of the SDK's own copies: a second one would not fit its messages.
const ofPulumi = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi"));
const grpc = ofPulumi("@grpc/grpc-js");
const { Struct } = ofPulumi("google-protobuf/google/protobuf/struct_pb.js");
const empty = ofPulumi("google-protobuf/google/protobuf/empty_pb.js");

/** Stands on the wire for what the engine does not know yet. */
const UNKNOWN_ON_THE_WIRE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const MAX_BYTES = 400 * 1024 * 1024;

/** Starts the pack as the engine does: a process that prints its port and answers over gRPC. */
export async function startPack(environment: Readonly<Record<string, string>>): Promise<RunningPack> {
  const child = spawn(`${ROOT}/policies/pack.mjs`, ["127.0.0.1:1"], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await firstLine(child);
  const client = new services.AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
    "grpc.max_send_message_length": MAX_BYTES,
    "grpc.max_receive_message_length": MAX_BYTES,
  });
  const call = <Response>(method: "getAnalyzerInfo" | "configure" | "analyzeStack", request: unknown) =>
    new Promise<Response>((resolve, reject) => {
      const answer = (error: Error | null, response: unknown) =>
        error ? reject(error) : resolve(response as Response);
      (client as unknown as Methods)[method]?.(request, answer);
    });
  return {
    policies: async () => {
      const info = await call<InstanceType<typeof analyzer.AnalyzerInfo>>("getAnalyzerInfo", new empty.Empty());
      return info
        .getPoliciesList()
        .map((policy) => ({ name: policy.getName(), level: levelOf(policy.getEnforcementlevel()) }));
    },
    configure: async (levels) => {
      const request = new analyzer.ConfigureAnalyzerRequest();
      for (const [rule, level] of Object.entries(levels)) {
        const config = new analyzer.PolicyConfig();
        config.setProperties(Struct.fromJavaScript({}));
        config.setEnforcementlevel(
          level === "mandatory" ? analyzer.EnforcementLevel.MANDATORY : analyzer.EnforcementLevel.ADVISORY,
        );
        request.getPolicyconfigMap().set(rule, config);
      }
      await call("configure", request);
    },
    judge: async (stack, objects) => {
      const request = new analyzer.AnalyzeStackRequest();
      request.setResourcesList([stackResource(stack), ...objects.map((object) => resource(stack, object))]);
      const response = await call<InstanceType<typeof analyzer.AnalyzeResponse>>("analyzeStack", request);
      return response.getDiagnosticsList().map((diagnostic) => ({
        policy: diagnostic.getPolicyname(),
        level: levelOf(diagnostic.getEnforcementlevel()),
        text: diagnostic.getMessage().slice(diagnostic.getDescription().length).trimStart(),
        urn: diagnostic.getUrn(),
      }));
    },
    stop: async () => {
      client.close();
      const gone = once(child, "exit");
      child.kill();
      await gone;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("the pack has no stdout");
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error("the pack ended before it named its port");
}

const levelOf = (level: number): Said["level"] =>
  level === analyzer.EnforcementLevel.MANDATORY ? "mandatory" : "advisory";

function message(urn: string, type: string, name: string, properties: unknown) {
  const resource = new analyzer.AnalyzerResource();
  const options = new analyzer.AnalyzerResourceOptions();
  options.setCustomtimeouts(new analyzer.AnalyzerResourceOptions.CustomTimeouts());
  resource.setUrn(urn);
  resource.setType(type);
  resource.setName(name);
  resource.setOptions(options);
  resource.setProperties(Struct.fromJavaScript(properties));
  return resource;
}

const stackResource = (stack: string) =>
  message(
    `urn:pulumi:${stack}::millrace::pulumi:pulumi:Stack::millrace-${stack}`,
    "pulumi:pulumi:Stack",
    `millrace-${stack}`,
    {},
  );

/** Objects of the plan have names alone; objects of a test may carry a whole URN. */
function resource(stack: string, { urn, object }: RegisteredObject) {
  const { apiVersion, kind } = object as { readonly apiVersion: string; readonly kind: string };
  const name = urn.replace(/^.*:/, "");
  const [, typed] = /^urn:pulumi:[^:]+::[^:]+::(.+)::/.exec(urn) ?? [];
  const type = typed ?? `kubernetes:${apiVersion}:${kind}`;
  return message(`urn:pulumi:${stack}::millrace::${type}::${name}`, type, name, onTheWire(object));
}

function onTheWire(value: unknown): unknown {
  if (value === UNKNOWN) return UNKNOWN_ON_THE_WIRE;
  if (Array.isArray(value)) return value.map(onTheWire);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, onTheWire(each)]));
}
