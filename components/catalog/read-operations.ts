import type { CatalogFact, Operations, Setting } from "./catalog.ts";
import { countFact, type Fields, quantityFact, textFact } from "./entry.ts";

const IMAGE_TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/** Settings by section. Throws where one is missing or unknown: the catalog is ours. */
export function readOperations(sections: ReadonlyMap<string, Fields>): Operations {
  const of = (section: string): Fields => sections.get(section) ?? {};
  const duration = (section: string, key: string) => known(key, quantityFact("duration", section, of(section), key));
  const bytes = (section: string, key: string) => known(key, quantityFact("bytes", section, of(section), key));
  return {
    engine: {
      cpuPerGpu: known("cpuPerGpu", countFact("engine", of("engine"), "cpuPerGpu")),
      memoryPerGpu: bytes("engine", "memoryPerGpu"),
      sharedMemory: bytes("engine", "sharedMemory"),
      shutdown: duration("engine", "shutdown"),
      start: duration("engine", "start"),
    },
    router: {
      pickerCpu: known("pickerCpu", countFact("router", of("router"), "pickerCpu")),
      pickerMemory: bytes("router", "pickerMemory"),
      sidecarCpu: known("sidecarCpu", countFact("router", of("router"), "sidecarCpu")),
      sidecarMemory: bytes("router", "sidecarMemory"),
    },
    cluster: {
      podSecurityVersion: known(
        "podSecurityVersion",
        textFact(/^v1\.\d{1,3}$/, "cluster", of("cluster"), "podSecurityVersion"),
      ),
    },
    networkOperator: {
      repository: known("repository", textFact(/^[\w./-]+$/, "networkOperator", of("networkOperator"), "repository")),
      version: known("version", textFact(IMAGE_TAG, "networkOperator", of("networkOperator"), "version")),
      driver: known("driver", textFact(IMAGE_TAG, "networkOperator", of("networkOperator"), "driver")),
    },
    alerts: {
      aboveBudget: duration("alerts", "aboveBudget"),
      dataMissing: duration("alerts", "dataMissing"),
      aboveCap: duration("alerts", "aboveCap"),
    },
    diversity: {
      moreServers: known("moreServers", quantityFact("ratio", "diversity", of("diversity"), "moreServers")),
    },
  };
}

function known<T>(key: string, fact: CatalogFact<T>): Setting<T> {
  if (fact.value === null) throw new Error(`catalog operations: ${key} has no value`);
  return { ...fact, value: fact.value };
}
