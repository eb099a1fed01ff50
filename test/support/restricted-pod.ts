/** Spec of a pod that Pod Security "restricted" admits, by digest, with so many GPUs. */
export const restrictedPod = (gpus: unknown) => ({
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  containers: [
    {
      name: "engine",
      image: `example.com/engine@sha256:${"0".repeat(64)}`,
      resources: { limits: { "nvidia.com/gpu": gpus } },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    },
  ],
});
