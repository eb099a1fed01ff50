import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { stringify } from "yaml";
import { type Api, apiAt } from "./cluster-api.ts";
import { type Program, programIn } from "./cluster-programs.ts";

/** A Kubernetes API on loopback with what acts on it; nodes and pods are objects alone: nothing is scheduled, and nothing runs. */
export interface Cluster extends Api {
  /** For clients: the context is named `CONTEXT`. */
  readonly kubeconfig: string;
  readonly folder: string;
  readonly start: (program: Program, args: readonly string[]) => Started;
  readonly stop: () => Promise<void>;
}
export interface Started {
  readonly log: () => string;
  readonly end: () => Promise<void>;
}

export const CONTEXT = "test";
const TOKEN = "of-the-test";
const READY = { timeout: 60_000, interval: 100 };

export async function startCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), "millrace-cluster-"));
  const started: Started[] = [];
  const start: Cluster["start"] = (program, args) => {
    const each = startProgram(program, args, folder);
    started.push(each);
    return each;
  };
  const stop = async () => {
    for (const each of started.reverse()) await each.end();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { ...(await startServers(folder, start)), folder, start, stop };
  } catch (error) {
    const logs = started.map(({ log }) => log().slice(-2_000)).join("\n");
    await stop();
    throw new Error(`the cluster does not start:\n${logs}`, { cause: error });
  }
}

async function startServers(folder: string, start: Cluster["start"]): Promise<Api & Pick<Cluster, "kubeconfig">> {
  const [clients, peers, port] = [await freePort(), await freePort(), await freePort()];
  const etcd = `http://127.0.0.1:${clients}`;
  start("etcd", [
    ...[`--data-dir=${join(folder, "etcd")}`, "--unsafe-no-fsync", "--log-level=error"],
    ...[`--listen-client-urls=${etcd}`, `--advertise-client-urls=${etcd}`],
    `--listen-peer-urls=http://127.0.0.1:${peers}`,
  ]);
  const account = join(folder, "account.key");
  const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  writeFileSync(account, key.export({ type: "pkcs1", format: "pem" }), { mode: 0o600 });
  writeFileSync(join(folder, "tokens.csv"), `${TOKEN},admin,1,"system:masters"\n`, { mode: 0o600 });
  start("kube-apiserver", [
    ...[`--etcd-servers=${etcd}`, `--cert-dir=${certificatesIn(folder)}`, `--secure-port=${port}`],
    ...["--bind-address=127.0.0.1", "--advertise-address=127.0.0.1", "--service-cluster-ip-range=10.0.0.0/16"],
    ...["--authorization-mode=RBAC", `--token-auth-file=${join(folder, "tokens.csv")}`, "--allow-privileged=true"],
    // Nodes have no kubelet that would take the taint of a new node off, and accounts no controller in time.
    "--disable-admission-plugins=ServiceAccount,TaintNodesByCondition",
    ...["--service-account-issuer=https://kubernetes.default.svc", `--service-account-key-file=${account}`],
    `--service-account-signing-key-file=${account}`,
  ]);

  const certificate = await vi.waitFor(
    () => readFileSync(join(certificatesIn(folder), "apiserver.crt"), "utf8"),
    READY,
  );
  const api = apiAt({ port, token: TOKEN, certificate });
  await vi.waitFor(async () => {
    const { status } = await api.ask("GET", "/readyz");
    if (status !== 200) throw new Error(`readyz answers ${status}`);
  }, READY);

  const kubeconfig = writeKubeconfig(folder, port, certificate);
  start("kube-controller-manager", [
    ...[
      `--kubeconfig=${kubeconfig}`,
      "--leader-elect=false",
      `--secure-port=${await freePort()}`,
      `--cert-dir=${join(folder, "controllers")}`,
    ],
    ...[`--service-account-private-key-file=${account}`, "--controllers=*,-node-lifecycle-controller"],
  ]);
  return { ...api, kubeconfig };
}

export const certificatesIn = (folder: string): string => join(folder, "certificates");

function writeKubeconfig(folder: string, port: number, certificate: string): string {
  const file = join(folder, "kubeconfig");
  const server = `https://127.0.0.1:${port}`;
  const cluster = { server, "certificate-authority-data": Buffer.from(certificate).toString("base64") };
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": CONTEXT,
    clusters: [{ name: CONTEXT, cluster }],
    users: [{ name: CONTEXT, user: { token: TOKEN } }],
    contexts: [{ name: CONTEXT, context: { cluster: CONTEXT, user: CONTEXT } }],
  };
  writeFileSync(file, stringify(config), { mode: 0o600 });
  return file;
}

/** Starts a program in a folder of its own; it is killed, since an API server with open watches takes a minute to end. */
function startProgram(program: Program, args: readonly string[], folder: string): Started {
  const cwd = join(folder, program);
  mkdirSync(cwd, { recursive: true });
  const log = join(folder, `${program}.log`);
  const output = openSync(log, "a");
  const child = spawn(programIn(program), args, { cwd, stdio: ["ignore", output, output] });
  closeSync(output);
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const ended = endOf(child);
  return {
    log: () => readFileSync(log, "utf8"),
    end: async () => {
      kill();
      await ended;
      process.off("exit", kill);
    },
  };
}

const endOf = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });

/** A port that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
