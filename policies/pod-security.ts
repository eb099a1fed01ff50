import { type Read, read, readList, readText, UNKNOWN } from "./registered.ts";

/** One control of the Pod Security Standard "restricted", judged on one pod template. */
export interface Control {
  readonly name: string;
  readonly holds: boolean | null;
}

const VOLUMES = new Set([
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "persistentVolumeClaim",
  "projected",
  "secret",
]);
const SECCOMP = new Set(["RuntimeDefault", "Localhost"]);
const SAFE_SYSCTLS = new Set([
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.ping_group_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
]);

/**
 * Judges a pod template by the Pod Security Standard "restricted". Unknown stays unknown, and so may never pass.
 * Source: Kubernetes documentation, Pod Security Standards.
 */
export function restricted(template: unknown): readonly Control[] {
  const spec = read(template, "spec");
  const containers = containersOf(template);
  if (!spec.known || containers === null || containers.length === 0) return [{ name: "the pod is known", holds: null }];
  const each = (judge: (container: unknown) => boolean | null) => all(containers.map(judge));
  const pod = (...path: readonly string[]): Read => read(template, "spec", ...path);
  return [
    { name: "no host namespaces", holds: all(["hostNetwork", "hostPID", "hostIPC"].map((key) => isNotTrue(pod(key)))) },
    { name: "not privileged", holds: each((container) => isNotTrue(read(container, "securityContext", "privileged"))) },
    {
      name: "no privilege escalation",
      holds: each((container) => is(read(container, "securityContext", "allowPrivilegeEscalation"), false)),
    },
    { name: "all capabilities dropped", holds: each(capabilities) },
    {
      name: "runs as non-root",
      holds: each((container) => inherits(container, template, "runAsNonRoot", (value) => value === true)),
    },
    {
      name: "user is not root",
      holds: all([
        notRoot(pod("securityContext", "runAsUser")),
        each((container) => notRoot(read(container, "securityContext", "runAsUser"))),
      ]),
    },
    { name: "seccomp profile set", holds: each((container) => seccomp(container, template)) },
    { name: "volumes of safe types", holds: volumes(template) },
    { name: "no host ports", holds: each(hostPorts) },
    {
      name: "default proc mount",
      holds: each((container) => absentOr(read(container, "securityContext", "procMount"), "Default")),
    },
    { name: "safe sysctls", holds: sysctls(template) },
    {
      name: "no Windows host process",
      holds: all([
        isNotTrue(pod("securityContext", "windowsOptions", "hostProcess")),
        each((container) => isNotTrue(read(container, "securityContext", "windowsOptions", "hostProcess"))),
      ]),
    },
    {
      name: "no unconfined AppArmor",
      holds: all([
        isNot(pod("securityContext", "appArmorProfile", "type"), "Unconfined"),
        each((container) => isNot(read(container, "securityContext", "appArmorProfile", "type"), "Unconfined")),
        appArmorAnnotations(template),
      ]),
    },
    { name: "no host in probes and hooks", holds: each(probesAndHooks) },
    {
      name: "no SELinux user or role",
      holds: all([
        selinux(pod("securityContext", "seLinuxOptions")),
        each((container) => selinux(read(container, "securityContext", "seLinuxOptions"))),
      ]),
    },
  ];
}

function containersOf(template: unknown): readonly unknown[] | null {
  const lists = ["containers", "initContainers", "ephemeralContainers"].map((list) => readList(template, "spec", list));
  return lists.includes(UNKNOWN) ? null : lists.flatMap((list) => list as readonly unknown[]);
}

/** False beats unknown, unknown beats true. */
function all(parts: readonly (boolean | null)[]): boolean | null {
  if (parts.includes(false)) return false;
  return parts.includes(null) ? null : true;
}

const is = (found: Read, value: unknown): boolean | null => (found.known ? found.value === value : null);
const isNot = (found: Read, value: unknown): boolean | null => (found.known ? found.value !== value : null);
const isNotTrue = (found: Read): boolean | null => isNot(found, true);
const absentOr = (found: Read, value: unknown): boolean | null =>
  found.known ? found.value === undefined || found.value === null || found.value === value : null;
const notRoot = (found: Read): boolean | null => isNot(found, 0);

/** A container's own setting counts, else the pod's. */
function inherits(
  container: unknown,
  template: unknown,
  key: string,
  test: (value: unknown) => boolean,
): boolean | null {
  const own = read(container, "securityContext", key);
  if (!own.known) return null;
  if (own.value !== undefined && own.value !== null) return test(own.value);
  const pods = read(template, "spec", "securityContext", key);
  return pods.known ? test(pods.value) : null;
}

function seccomp(container: unknown, template: unknown): boolean | null {
  const own = readText(container, "securityContext", "seccompProfile", "type");
  const type = own === null ? readText(template, "spec", "securityContext", "seccompProfile", "type") : own;
  return type === UNKNOWN ? null : type !== null && SECCOMP.has(type);
}

function capabilities(container: unknown): boolean | null {
  const drop = readList(container, "securityContext", "capabilities", "drop");
  const add = readList(container, "securityContext", "capabilities", "add");
  if (drop === UNKNOWN || add === UNKNOWN || drop.includes(UNKNOWN) || add.includes(UNKNOWN)) return null;
  return drop.includes("ALL") && add.every((capability) => capability === "NET_BIND_SERVICE");
}

function volumes(template: unknown): boolean | null {
  const list = readList(template, "spec", "volumes");
  if (list === UNKNOWN || list.includes(UNKNOWN)) return null;
  return list.every((volume) => Object.keys(volume ?? {}).every((key) => key === "name" || VOLUMES.has(key)));
}

function hostPorts(container: unknown): boolean | null {
  const ports = readList(container, "ports");
  if (ports === UNKNOWN) return null;
  return all(ports.map((port) => absentOr(read(port, "hostPort"), 0)));
}

const PROBES = [
  ["livenessProbe"],
  ["readinessProbe"],
  ["startupProbe"],
  ["lifecycle", "postStart"],
  ["lifecycle", "preStop"],
];

/** A probe or hook that names a host makes the kubelet call it from the node. */
function probesAndHooks(container: unknown): boolean | null {
  const calls = PROBES.flatMap((path) => [
    [...path, "httpGet", "host"],
    [...path, "tcpSocket", "host"],
  ]);
  return all(calls.map((path) => absentOr(read(container, ...path), "")));
}

/** The older form of the AppArmor profile: one annotation a container. */
function appArmorAnnotations(template: unknown): boolean | null {
  const found = read(template, "metadata", "annotations");
  if (!found.known) return null;
  const names = Object.keys(found.value ?? {}).filter((name) => name.startsWith("container.apparmor.security."));
  return all(names.map((name) => isNot(read(found.value, name), "unconfined")));
}

function sysctls(template: unknown): boolean | null {
  const list = readList(template, "spec", "securityContext", "sysctls");
  if (list === UNKNOWN) return null;
  return all(
    list.map((sysctl) => {
      const name = readText(sysctl, "name");
      return name === UNKNOWN ? null : name !== null && SAFE_SYSCTLS.has(name);
    }),
  );
}

const SELINUX_TYPES = new Set([
  undefined,
  null,
  "",
  "container_t",
  "container_init_t",
  "container_kvm_t",
  "container_engine_t",
]);

function selinux(options: Read): boolean | null {
  if (!options.known) return null;
  const { type, user, role } = (options.value ?? {}) as Readonly<Record<string, unknown>>;
  if ([type, user, role].includes(UNKNOWN)) return null;
  return SELINUX_TYPES.has(type as string) && !user && !role;
}
