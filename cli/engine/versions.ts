/** Engine, SDK and provider move together: the plugin cache matches by exact version. */
export const PULUMI_VERSION = "3.259.0";
export const KUBERNETES_VERSION = "4.25.0";
export const AWS_VERSION = "7.48.0";
