#!/usr/bin/env node
/**
 * A small language host for Node programs and policy packs, for machines where the official one cannot be had: it
 * serves the engine's LanguageRuntime over gRPC and starts the SDK's own runners. It is copied beside the engine and
 * takes the SDK from the program's folder, else from where it was installed.
 */
const { spawn } = require("node:child_process");
const { existsSync } = require("node:fs");
const { createRequire } = require("node:module");
const { delimiter, dirname, join } = require("node:path");

const INSTALLED_FROM = "@INSTALLED_FROM@";
/** The program has told its own error already. Source: @pulumi/pulumi cmd/run. */
const ALREADY_TOLD = 32;

/** The SDK nearest to a folder. */
function sdk(folder) {
  for (const from of [folder, process.cwd(), INSTALLED_FROM]) {
    try {
      const file = createRequire(join(from, "package.json")).resolve("@pulumi/pulumi/package.json");
      return { root: dirname(file), require: createRequire(file) };
    } catch {}
  }
  process.stderr.write("the Pulumi SDK for Node is not installed: run npm ci in the project\n");
  process.exit(1);
}

const own = sdk(process.cwd());
const grpc = own.require("@grpc/grpc-js");
const { LanguageRuntimeService } = own.require("@pulumi/pulumi/proto/language_grpc_pb.js");
const language = own.require("@pulumi/pulumi/proto/language_pb.js");
const plugin = own.require("@pulumi/pulumi/proto/plugin_pb.js");
const empty = own.require("google-protobuf/google/protobuf/empty_pb.js");

const version = own.require("@pulumi/pulumi/package.json").version;
const engine = process.argv.at(-1) ?? "";

/** Node that can strip types, with the project's own tools first on PATH. */
function environmentFor(folder) {
  const bins = [];
  for (let at = folder; dirname(at) !== at; at = dirname(at)) bins.push(join(at, "node_modules", ".bin"));
  const path = [...bins.filter((bin) => existsSync(bin)), process.env.PATH ?? ""].join(delimiter);
  return { ...process.env, PATH: path };
}

function runProgram(call, callback) {
  const request = call.request;
  const info = request.getInfo();
  const { root } = sdk(request.getPwd());
  const args = [
    join(root, "cmd", "run", "index.js"),
    "--monitor",
    request.getMonitorAddress(),
    "--engine",
    engine,
    "--project",
    request.getProject(),
    "--stack",
    request.getStack(),
    "--organization",
    request.getOrganization(),
    "--root-directory",
    info?.getRootDirectory() ?? request.getPwd(),
    "--pwd",
    request.getPwd(),
    "--parallel",
    String(request.getParallel()),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info?.getEntryPoint() || request.getProgram() || ".",
    ...request.getArgsList(),
  ];
  const config = Object.fromEntries(request.getConfigMap().toObject(false));
  const child = spawn("node", args, {
    cwd: request.getPwd(),
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...environmentFor(request.getPwd()),
      PULUMI_CONFIG: JSON.stringify(config),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      PULUMI_NODEJS_TYPESCRIPT: "false",
    },
  });
  const answer = (error, bail) => {
    const response = new language.RunResponse();
    response.setError(error);
    response.setBail(bail);
    callback(null, response);
  };
  child.on("error", (error) => answer(error.message, false));
  child.on("close", (code, signal) => {
    if (code === 0) answer("", false);
    else if (code === ALREADY_TOLD) answer("", true);
    else answer(`the program ended with ${signal ?? `exit code ${code}`}`, false);
  });
}

function runPlugin(call) {
  const request = call.request;
  const folder = request.getInfo()?.getProgramDirectory() || request.getProgram();
  const { root } = sdk(folder);
  const runner = request.getKind() === "analyzer" ? "run-policy-pack" : "run-plugin";
  const args = [
    join(root, "cmd", runner, "index.js"),
    ...request.getArgsList(),
    ...(runner === "run-policy-pack" ? ["."] : [folder]),
  ];
  const extra = Object.fromEntries(
    request.getEnvList().map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
  const child = spawn("node", args, {
    cwd: runner === "run-policy-pack" ? folder : request.getPwd(),
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...environmentFor(folder), ...extra, PULUMI_NODEJS_TYPESCRIPT: "false" },
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
  getRequiredPlugins: answerWith(() => new language.GetRequiredPluginsResponse()),
  getRequiredPackages: answerWith(() => new language.GetRequiredPackagesResponse()),
  getProgramDependencies: answerWith(() => new language.GetProgramDependenciesResponse()),
  about: answerWith(() => {
    const about = new language.AboutResponse();
    about.setExecutable(process.execPath);
    about.setVersion(process.versions.node);
    return about;
  }),
  cancel: answerWith(() => new empty.Empty()),
  installDependencies: (call) => call.end(),
  run: runProgram,
  runPlugin,
};
const service = Object.fromEntries(
  Object.keys(LanguageRuntimeService).map((name) => [name, served[name] ?? unimplemented]),
);

const server = new grpc.Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
server.addService(LanguageRuntimeService, service);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.forceShutdown());
