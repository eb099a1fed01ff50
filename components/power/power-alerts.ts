import type { Operations } from "../catalog/catalog.ts";
import { commonLabels, type KubernetesObject, LABEL } from "../kubernetes.ts";
import type { AlertsPlan, PoolPlan } from "../plan-types.ts";

/**
 * What is measured in a pool against its budget, as rules of Prometheus. What is measured is a floor: a GPU that does
 * not report is not counted at 0 but told by an alert of its own. The host's share of a reporting GPU is counted at
 * its most; where it is not known, the GPUs alone are held against the budget. DCGM's exporter names the node
 * `Hostname`; kube-state-metrics knows the node's pool where its label is on the list of those it exposes.
 */
export function powerAlerts(
  site: string,
  pool: PoolPlan,
  alerts: AlertsPlan,
  delays: Delays,
): readonly KubernetesObject[] {
  if (pool.held || pool.usableGpus === null || pool.powerBudget === null) return [];
  const labels = { site, pool: pool.id };
  const of = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  const recorded = (record: string) => `${record}{${of.join(",")}}`;
  return [
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: {
        name: `millrace-power-${pool.id}`,
        namespace: alerts.namespace,
        labels: { ...commonLabels(site, "power"), [LABEL.pool]: pool.id, release: alerts.release },
      },
      spec: {
        groups: [
          {
            name: `millrace-power-${site}-${pool.id}`,
            interval: "15s",
            rules: [
              { record: GPUS, expr: `count(${gpusOf(pool)}) or vector(0)`, labels },
              { record: WATTS, expr: poolWatts(pool), labels },
              {
                alert: "MillracePowerAboveBudget",
                expr: `${recorded(WATTS)} > ${pool.powerBudget}`,
                for: lasting(delays.aboveBudget),
                labels: { ...labels, severity: "critical" },
                annotations: {
                  summary: `Pool ${pool.id} draws more than its budget of ${pool.powerBudget} W`,
                  description: `{{ $value | humanize }}W measured or allotted on the GPUs that report; at least so much is drawn.`,
                },
              },
              {
                alert: "MillracePowerDataMissing",
                expr: `(${recorded(GPUS)} < ${pool.usableGpus}) or absent(${recorded(GPUS)})`,
                for: lasting(delays.dataMissing),
                labels: { ...labels, severity: "warning" },
                annotations: {
                  summary: `Power of pool ${pool.id} is not known`,
                  description: `Of ${pool.usableGpus} usable GPUs, not all report DCGM_FI_DEV_POWER_USAGE: that the budget holds is not proved.`,
                },
              },
              ...capAlert(pool, delays, labels),
            ],
          },
        ],
      },
    },
  ];
}

type Delays = Operations["alerts"];
const lasting = ({ value }: Delays[keyof Delays]): string => `${value}s`;

const GPUS = "millrace:gpus_reporting:count";
const WATTS = "millrace:power_watts:sum";

/** Watts of each GPU on the pool's nodes, one series a GPU. */
const gpusOf = ({ id }: PoolPlan): string =>
  `max by (node, UUID) (label_replace(DCGM_FI_DEV_POWER_USAGE, "node", "$1", "Hostname", "(.+)")) * on (node) group_left () max by (node) (kube_node_labels{label_millrace_dev_pool="${id}"})`;

function poolWatts(pool: PoolPlan): string {
  const { rackWattsPerGpu, gpuMaxWatts } = pool;
  const host = rackWattsPerGpu === null || gpuMaxWatts === null ? 0 : Math.max(0, rackWattsPerGpu - gpuMaxWatts);
  const gpus = gpusOf(pool);
  return host === 0 ? `sum(${gpus})` : `sum(${gpus}) + ${host} * count(${gpus})`;
}

/** A cap that the agent does not hold: its average, since a moment may lie above. */
function capAlert(pool: PoolPlan, { aboveCap }: Delays, labels: object): readonly object[] {
  const limit = pool.cap?.enforced ?? null;
  if (limit === null) return [];
  return [
    {
      alert: "MillraceGpuAboveCap",
      expr: `${gpusOf(pool).replace("DCGM_FI_DEV_POWER_USAGE", "avg_over_time(DCGM_FI_DEV_POWER_USAGE[1m])")} > ${limit}`,
      for: lasting(aboveCap),
      labels: { ...labels, severity: "critical" },
      annotations: {
        summary: `A GPU of pool ${pool.id} draws more than its cap of ${limit} W`,
        description:
          "{{ $labels.node }} {{ $labels.UUID }}: {{ $value | humanize }}W. The queue counts on the cap: is the power agent on the node ready?",
      },
    },
  ];
}
