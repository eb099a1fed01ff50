import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { vi } from "vitest";
import { parse, stringify } from "yaml";
import type { KubernetesObject } from "../../components/kubernetes.ts";
import { type Cluster, certificatesIn, freePort, type Started } from "./cluster.ts";

/**
 * Starts the Kueue controller outside the cluster, with the configuration that a ConfigMap of ours holds; only where it
 * listens and what it has its certificates from is set for the place that it runs in.
 */
export async function startKueue(cluster: Cluster, configuration: KubernetesObject): Promise<Started> {
  const folder = join(cluster.folder, "kueue");
  const certificates = join(folder, "metrics", "certs");
  mkdirSync(certificates, { recursive: true });
  for (const [from, to] of [
    ["crt", "tls.crt"],
    ["key", "tls.key"],
  ] as const)
    cpSync(join(certificatesIn(cluster.folder), `apiserver.${from}`), join(certificates, to));
  const health = await freePort();
  const text = (configuration.data as Readonly<Record<string, string>>)["controller_manager_config.yaml"] ?? "";
  const file = join(folder, "configuration.yaml");
  writeFileSync(
    file,
    stringify({
      ...parse(text),
      health: { healthProbeBindAddress: `127.0.0.1:${health}` },
      metrics: { bindAddress: `127.0.0.1:${await freePort()}` },
      webhook: { port: await freePort(), certDir: certificates },
      internalCertManagement: { enable: false },
      leaderElection: { leaderElect: false },
    }),
  );
  const kueue = cluster.start("kueue", [
    `--config=${file}`,
    `--kubeconfig=${cluster.kubeconfig}`,
    "--feature-gates=VisibilityOnDemand=false",
  ]);
  await vi.waitFor(
    async () => {
      const { status } = await fetch(`http://127.0.0.1:${health}/readyz`);
      if (status !== 200) throw new Error(`Kueue is not ready: ${status}\n${kueue.log().slice(-1_000)}`);
    },
    { timeout: 60_000, interval: 100 },
  );
  return kueue;
}
