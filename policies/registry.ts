import type { Rule, RuleText } from "./rule.ts";
import { accountQuota } from "./rules/aws/account-quota.ts";
import { blockTotal } from "./rules/aws/block-total.ts";
import { capacityBlock } from "./rules/aws/capacity-block.ts";
import { clusterHardened } from "./rules/aws/cluster-hardened.ts";
import { draProvisioner } from "./rules/aws/dra-provisioner.ts";
import { efa } from "./rules/aws/efa.ts";
import { efaShareRule } from "./rules/aws/efa-share.ts";
import { kvBackend } from "./rules/aws/kv-backend.ts";
import { placement } from "./rules/aws/placement.ts";
import { reservationUsed } from "./rules/aws/reservation-used.ts";
import { ultraserver } from "./rules/aws/ultraserver.ts";
import { held } from "./rules/compute/held.ts";
import { poolCapacity } from "./rules/compute/pool-capacity.ts";
import { poolPlan } from "./rules/compute/pool-plan.ts";
import { powerCounters } from "./rules/compute/power-counters.ts";
import { queued } from "./rules/compute/queued.ts";
import { spares } from "./rules/compute/spares.ts";
import { approach } from "./rules/cooling/approach.ts";
import { capacity } from "./rules/cooling/capacity.ts";
import { flow } from "./rules/cooling/flow.ts";
import { outage as coolingOutage } from "./rules/cooling/outage.ts";
import { ratedTemperature } from "./rules/cooling/rated-temperature.ts";
import { water } from "./rules/cooling/water.ts";
import { budgetCapex } from "./rules/cost/budget-capex.ts";
import { budgetHourly } from "./rules/cost/budget-hourly.ts";
import { priceAge } from "./rules/cost/price-age.ts";
import { clearHeight } from "./rules/hall/clear-height.ts";
import { floorLoad } from "./rules/hall/floor-load.ts";
import { layout } from "./rules/hall/layout.ts";
import { addresses } from "./rules/network/addresses.ts";
import { failure } from "./rules/network/failure.ts";
import { rdmaOffered } from "./rules/network/rdma-offered.ts";
import { reach } from "./rules/network/reach.ts";
import { sized } from "./rules/network/sized.ts";
import { budget } from "./rules/power/budget.ts";
import { contractedSupply } from "./rules/power/contracted-supply.ts";
import { countedWattsRule } from "./rules/power/counted-watts.ts";
import { curtailment } from "./rules/power/curtailment.ts";
import { diversity } from "./rules/power/diversity.ts";
import { feed } from "./rules/power/feed.ts";
import { firmSupply } from "./rules/power/firm-supply.ts";
import { fuel } from "./rules/power/fuel.ts";
import { gensetStep } from "./rules/power/genset-step.ts";
import { losses } from "./rules/power/losses.ts";
import { measured } from "./rules/power/measured.ts";
import { outage } from "./rules/power/outage.ts";
import { peak } from "./rules/power/peak.ts";
import { ramp } from "./rules/power/ramp.ts";
import { registeredQuota } from "./rules/power/registered-quota.ts";
import { rideThrough } from "./rules/power/ride-through.ts";
import { voltage } from "./rules/power/voltage.ts";
import { cpuPodsOffNvlink } from "./rules/serving/cpu-pods-off-nvlink.ts";
import { endpointFits } from "./rules/serving/endpoint-fits.ts";
import { failureHeadroom } from "./rules/serving/failure-headroom.ts";
import { imageDigest } from "./rules/serving/image-digest.ts";
import { memlock } from "./rules/serving/memlock.ts";
import { memory } from "./rules/serving/memory.ts";
import { nvlinkDomainGang } from "./rules/serving/nvlink-domain-gang.ts";
import { objective } from "./rules/serving/objective.ts";
import { pdRdma } from "./rules/serving/pd-rdma.ts";
import { pdTensorParallel } from "./rules/serving/pd-tensor-parallel.ts";
import { podSecurity } from "./rules/serving/pod-security.ts";
import { remediation } from "./rules/serving/remediation.ts";
import { topologyAnnotation } from "./rules/serving/topology-annotation.ts";
import { gateOrder } from "./rules/site/gate-order.ts";
import { gateValues } from "./rules/site/gate-values.ts";
import { gates } from "./rules/site/gates.ts";
import { sourced } from "./rules/site/sourced.ts";
import { studies } from "./rules/site/studies.ts";
import { waiverRule } from "./waiver-rule.ts";

/** Every rule, in the order in which findings are listed. */
export const RULES: readonly Rule[] = [
  firmSupply,
  contractedSupply,
  feed,
  outage,
  rideThrough,
  gensetStep,
  fuel,
  peak,
  diversity,
  ramp,
  voltage,
  losses,
  budget,
  curtailment,
  registeredQuota,
  countedWattsRule,
  measured,
  capacity,
  coolingOutage,
  ratedTemperature,
  approach,
  flow,
  water,
  layout,
  clearHeight,
  floorLoad,
  poolCapacity,
  poolPlan,
  held,
  queued,
  sized,
  failure,
  reach,
  addresses,
  rdmaOffered,
  powerCounters,
  spares,
  capacityBlock,
  blockTotal,
  reservationUsed,
  placement,
  efa,
  efaShareRule,
  ultraserver,
  draProvisioner,
  kvBackend,
  accountQuota,
  clusterHardened,
  gates,
  gateOrder,
  gateValues,
  studies,
  sourced,
  endpointFits,
  memory,
  objective,
  failureHeadroom,
  imageDigest,
  podSecurity,
  topologyAnnotation,
  nvlinkDomainGang,
  pdTensorParallel,
  pdRdma,
  memlock,
  cpuPodsOffNvlink,
  remediation,
  budgetCapex,
  budgetHourly,
  priceAge,
];

/** Everything that findings may name as their rule. */
export const RULE_TEXTS: readonly RuleText[] = [...RULES, waiverRule];

export const RULE_IDS: readonly string[] = RULE_TEXTS.map(({ id }) => id);
