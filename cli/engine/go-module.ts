import { PULUMI_VERSION } from "./versions.ts";

/** A program that is built from published Go modules: go.mod and go.sum say which, to the byte. */
export interface GoModule {
  /** Where the module's files lie; its last part names the folder of the build. */
  readonly folder: URL;
  readonly files: readonly string[];
  readonly target: string;
  readonly tags: readonly string[];
  readonly linkFlags: string;
  /** Minutes of a build with empty caches on two cores, as measured: said to the user, nothing depends on it. */
  readonly coldMinutes: number;
}

const VERSION = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
const HELM = "helm.sh/helm/v3/pkg/chartutil";

/**
 * Two modules, since the provider needs an older version of the engine's packages than the engine is made of. Without
 * the version flag the engine calls itself unknown; without the helm flags the provider takes Kubernetes for 1.20 and
 * refuses newer charts.
 */
export const MODULES = {
  pulumi: {
    folder: new URL("modules/pulumi/", import.meta.url),
    files: ["go.mod", "go.sum"],
    target: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    tags: ["osusergo"],
    linkFlags: `-s -w -X ${VERSION}=v${PULUMI_VERSION}`,
    coldMinutes: 4,
  },
  provider: {
    folder: new URL("modules/kubernetes-provider/", import.meta.url),
    files: ["go.mod", "go.sum", "main.go"],
    target: ".",
    tags: [],
    linkFlags: `-s -w -X ${HELM}.k8sVersionMajor=1 -X ${HELM}.k8sVersionMinor=34`,
    coldMinutes: 7,
  },
} as const satisfies Readonly<Record<string, GoModule>>;
