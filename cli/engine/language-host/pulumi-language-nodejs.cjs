#!/usr/bin/env node
/**
 * A small language host for Node programs and policy packs, for machines where the official one cannot be had: it
 * serves the engine's LanguageRuntime over gRPC and starts the SDK's own runners. It is copied beside the engine and
 * takes the SDK from the program's folder, else from where it was installed. Plain CommonJS: the Node that the engine
 * finds on PATH may be too old for anything else, and only has to start the project's own.
 */
const { spawn } = require("node:child_process");
const { existsSync } = require("node:fs");
const { createRequire } = require("node:module");
const { delimiter, dirname, join } = require("node:path");

const INSTALLED_FROM = "@INSTALLED_FROM@";
/** The program has told its own error already. Source: @pulumi/pulumi cmd/run. */
const ALREADY_TOLD = 32;
const LOOKS_FOR_ENGINE_MS = 1_000;
/** As large as the engine's own limit. Source: pulumi sdk rpcutil. */
const LARGEST_MESSAGE = 400 * 1024 * 1024;
const NO_SDK = "the Pulumi SDK for Node is not installed: run npm ci in the project";

/** The SDK nearest to a folder: where it lies, and a `require` that sees what it sees. Null where there is none. */
function sdk(folder) {
  for (const from of [folder, process.cwd(), INSTALLED_FROM]) {
    try {
      const file = createRequire(join(from, "package.json")).resolve("@pulumi/pulumi/package.json");
      return { root: dirname(file), require: createRequire(file) };
    } catch {
      // Not here: the next folder may have it.
    }
  }
  return null;
}

const own = sdk(process.cwd());
if (own === null) {
  process.stderr.write(`${NO_SDK}\n`);
  process.exit(1);
}
const grpc = own.require("@grpc/grpc-js");
const { LanguageRuntimeService } = own.require("@pulumi/pulumi/proto/language_grpc_pb.js");
const language = own.require("@pulumi/pulumi/proto/language_pb.js");
const plugin = own.require("@pulumi/pulumi/proto/plugin_pb.js");
const empty = own.require("google-protobuf/google/protobuf/empty_pb.js");

const version = own.require("@pulumi/pulumi/package.json").version;
const engine = process.argv.at(-1) ?? "";
const children = new Set();

/** Starts a runner of the SDK on the project's own Node, which lies in its node_modules/.bin where it brings one. */
function start(args, folder, options) {
  const bins = [];
  for (let at = folder; dirname(at) !== at; at = dirname(at)) bins.push(join(at, "node_modules", ".bin"));
  const path = [...bins.filter((bin) => existsSync(bin)), process.env.PATH ?? ""].join(delimiter);
  const env = { ...process.env, ...options.env, PATH: path, PULUMI_NODEJS_TYPESCRIPT: "false" };
  const child = spawn("node", args, { cwd: options.cwd, stdio: options.stdio, env });
  children.add(child);
  child.on("close", () => children.delete(child));
  return child;
}

function run(call, callback) {
  const request = call.request;
  let answered = false;
  const answer = (error, bail) => {
    if (answered) return;
    answered = true;
    const response = new language.RunResponse();
    response.setError(error);
    response.setBail(bail);
    callback(null, response);
  };
  const found = sdk(request.getPwd());
  if (found === null) return answer(NO_SDK, false);
  const info = request.getInfo();
  const flags = [
    ["--monitor", request.getMonitorAddress()],
    ["--engine", engine],
    ["--project", request.getProject()],
    ["--stack", request.getStack()],
    ["--organization", request.getOrganization()],
    ["--root-directory", info?.getRootDirectory() || request.getPwd()],
    ["--pwd", request.getPwd()],
    ["--parallel", String(request.getParallel())],
    ...(request.getDryrun() ? [["--dry-run"]] : []),
  ];
  const program = info?.getEntryPoint() || request.getProgram() || ".";
  const config = Object.fromEntries(request.getConfigMap().toObject(false));
  const child = start(
    [join(found.root, "cmd", "run", "index.js"), ...flags.flat(), program, ...request.getArgsList()],
    request.getPwd(),
    {
      cwd: request.getPwd(),
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        PULUMI_CONFIG: JSON.stringify(config),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      },
    },
  );
  child.on("error", (error) => answer(error.message, false));
  child.on("close", (code, signal) => {
    if (code === 0) answer("", false);
    else if (code === ALREADY_TOLD) answer("", true);
    else answer(`the program ended with ${signal ?? `exit code ${code}`}`, false);
  });
}

/** A policy pack has a runner of its own, which takes the pack's folder as its working directory. */
function runPlugin(call) {
  const request = call.request;
  const folder = request.getInfo()?.getProgramDirectory() || request.getProgram();
  const found = sdk(folder);
  if (found === null) return call.destroy(Object.assign(new Error(NO_SDK), { code: grpc.status.FAILED_PRECONDITION }));
  const isPack = request.getKind() === "analyzer";
  const runner = join(found.root, "cmd", isPack ? "run-policy-pack" : "run-plugin", "index.js");
  const child = start([runner, ...request.getArgsList(), isPack ? "." : folder], folder, {
    cwd: isPack ? folder : request.getPwd(),
    stdio: ["ignore", "pipe", "pipe"],
    env: Object.fromEntries(request.getEnvList().map(pairOf)),
  });
  const write = (set, value) => {
    const response = new language.RunPluginResponse();
    response[set](value);
    call.write(response);
  };
  child.stdout.on("data", (chunk) => write("setStdout", chunk));
  child.stderr.on("data", (chunk) => write("setStderr", chunk));
  child.on("error", (error) => call.destroy(error));
  child.on("close", (code) => {
    write("setExitcode", code ?? 1);
    call.end();
  });
  call.on("cancelled", () => child.kill());
}

const pairOf = (text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)];

const answerWith = (make) => (_call, callback) => callback(null, make());
const unimplemented = (_call, callback) =>
  callback({ code: grpc.status.UNIMPLEMENTED, message: "not served by this language host" });

const served = {
  handshake: answerWith(() => new language.LanguageHandshakeResponse()),
  getPluginInfo: answerWith(() => {
    const info = new plugin.PluginInfo();
    info.setVersion(version);
    return info;
  }),
  // The engine loads a provider when the first resource asks for it.
  getRequiredPlugins: answerWith(() => new language.GetRequiredPluginsResponse()),
  getRequiredPackages: answerWith(() => new language.GetRequiredPackagesResponse()),
  getProgramDependencies: answerWith(() => new language.GetProgramDependenciesResponse()),
  about: answerWith(() => {
    const about = new language.AboutResponse();
    about.setExecutable(process.execPath);
    about.setVersion(process.versions.node);
    return about;
  }),
  cancel: answerWith(() => {
    stopChildren();
    return new empty.Empty();
  }),
  // npm has installed them, or the SDK would not have been found.
  installDependencies: (call) => call.end(),
  run,
  runPlugin,
};
const service = Object.fromEntries(
  Object.keys(LanguageRuntimeService).map((name) => [name, served[name] ?? unimplemented]),
);

const server = new grpc.Server({ "grpc.max_receive_message_length": LARGEST_MESSAGE });
server.addService(LanguageRuntimeService, service);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});

function stopChildren() {
  for (const child of children) child.kill();
}
function stop() {
  stopChildren();
  server.forceShutdown();
  process.exit(0);
}
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, stop);
// An engine that was killed calls nobody: its child is then given to another parent.
const parent = process.ppid;
setInterval(() => process.ppid === parent || stop(), LOOKS_FOR_ENGINE_MS).unref();
