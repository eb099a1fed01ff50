import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { UNKNOWN } from "../../policies/registered.ts";
import { ROOT } from "./sites.ts";

const require = createRequire(import.meta.url);
const grpc = require("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
const { AnalyzerClient } = require("@pulumi/pulumi/proto/analyzer_grpc_pb.js") as {
  AnalyzerClient: new (address: string, credentials: unknown) => Client;
};
const messages = require("@pulumi/pulumi/proto/analyzer_pb.js") as typeof import("@pulumi/pulumi/proto/analyzer_pb.js");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb.js") as {
  Struct: { fromJavaScript(value: object): never };
};

interface Client {
  analyzeStack(request: unknown, callback: (error: Error | null, response: Response) => void): void;
  configure(request: unknown, callback: (error: Error | null) => void): void;
  close(): void;
}
interface Response {
  getDiagnosticsList(): readonly { getPolicyname(): string; getMessage(): string; getEnforcementlevel(): number }[];
}

/** How the engine writes what it does not know yet. Source: @pulumi/pulumi runtime/rpc. */
const UNKNOWN_ON_THE_WIRE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const LEVELS = ["advisory", "mandatory", "disabled", "remediate"] as const;

interface Told {
  readonly policy: string;
  readonly level: (typeof LEVELS)[number];
  readonly message: string;
}
export interface Pack {
  readonly analyze: (stack: string, objects: readonly unknown[]) => Promise<readonly Told[]>;
  readonly stop: () => void;
}

/** Starts the pack as the engine does, and speaks to it over gRPC. */
export async function startPack(environment: Readonly<Record<string, string>> = {}): Promise<Pack> {
  const child = spawn(`${ROOT}/policies/pack.mjs`, ["127.0.0.1:1"], {
    env: { ...process.env, MILLRACE_TODAY: "2026-11-24", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const client = new AnalyzerClient(`127.0.0.1:${await portOf(child)}`, grpc.credentials.createInsecure());
  return {
    analyze: (stack, objects) =>
      new Promise((resolve, reject) => {
        client.analyzeStack(requestOf(stack, objects), (error, response) =>
          error === null ? resolve(toldIn(response)) : reject(error),
        );
      }),
    stop: () => {
      client.close();
      child.kill();
    },
  };
}

const portOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let out = "";
    let error = "";
    child.stdout?.on("data", (chunk) => {
      out += String(chunk);
      const port = /^(\d+)\n/.exec(out)?.[1];
      if (port !== undefined) resolve(port);
    });
    child.stderr?.on("data", (chunk) => {
      error += String(chunk);
    });
    child.on("exit", (code) => reject(new Error(`the pack ended with ${code}: ${error}`)));
  });

function requestOf(stack: string, objects: readonly unknown[]) {
  const request = new messages.AnalyzeStackRequest();
  const resources = objects.map((object, index) =>
    resourceOf(stack, object as { readonly kind?: string; readonly apiVersion?: string }, index),
  );
  request.setResourcesList([stackResource(stack), ...resources]);
  return request;
}

function stackResource(stack: string) {
  return resource(`urn:pulumi:${stack}::millrace::pulumi:pulumi:Stack::millrace-${stack}`, "pulumi:pulumi:Stack", {});
}

function resourceOf(stack: string, object: { readonly kind?: string; readonly apiVersion?: string }, index: number) {
  const type = `kubernetes:${object.apiVersion ?? "core/v1"}:${object.kind ?? "Unknown"}`;
  return resource(`urn:pulumi:${stack}::millrace::${type}::object-${index}`, type, object);
}

function resource(urn: string, type: string, properties: object) {
  const made = new messages.AnalyzerResource();
  made.setUrn(urn);
  made.setType(type);
  made.setName(urn.split("::").at(-1) ?? "");
  made.setProperties(Struct.fromJavaScript(onTheWire(properties) as object));
  const options = new messages.AnalyzerResourceOptions();
  options.setCustomtimeouts(new messages.AnalyzerResourceOptions.CustomTimeouts());
  made.setOptions(options);
  return made;
}

function onTheWire(value: unknown): unknown {
  if (value === UNKNOWN) return UNKNOWN_ON_THE_WIRE;
  if (Array.isArray(value)) return value.map(onTheWire);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, onTheWire(item)]),
  );
}

const toldIn = (response: Response): readonly Told[] =>
  response.getDiagnosticsList().map((told) => ({
    policy: told.getPolicyname(),
    level: LEVELS[told.getEnforcementlevel()] ?? "mandatory",
    message: told.getMessage(),
  }));
