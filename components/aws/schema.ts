import { Type } from "typebox";
import { block, count, type Decided, day, fact, list, text } from "../site/fields.ts";

const zone = (description: string) =>
  Type.String({
    pattern: "^[a-z]{2}(?:-[a-z]{2,12}){1,4}-\\d(?:-[a-z]{3}-\\d)?[a-z]$",
    maxLength: 40,
    description,
    examples: ["us-east-2b"],
  });

const roleArn = (description: string) =>
  Type.String({
    pattern: "^arn:aws:iam::\\d{12}:role/[A-Za-z0-9+=,.@_/-]{1,200}$",
    maxLength: 250,
    description,
    examples: ["arn:aws:iam::123456789012:role/platform-admin"],
  });

const quota = block(
  {
    of: Type.Enum(["on-demand P", "on-demand G", "spot P", "spot G"], {
      description: "Which instances the quota counts.",
    }),
    vcpus: fact("ratio", "vCPUs that the account may run in the region."),
    seen: day("Day on which it was looked up."),
  },
  "A quota of the account in the region, as Service Quotas shows it.",
);

/** Everything that AWS itself must know of a site; the pools say which instances. */
export const awsTarget = block(
  {
    kind: Type.Literal("aws"),
    region: Type.String({
      pattern: "^[a-z]{2}(?:-[a-z]{2,12}){1,4}-\\d$",
      maxLength: 30,
      description: "Region.",
      examples: ["us-east-2"],
    }),
    account: Type.String({
      pattern: "^\\d{12}$",
      maxLength: 12,
      description: "Account, in quotes.",
      examples: ["123456789012"],
    }),
    kubernetes: Type.String({
      pattern: "^1\\.\\d{2}$",
      maxLength: 4,
      description: "Kubernetes version of the EKS cluster, in quotes.",
      examples: ["1.34"],
    }),
    network: Type.String({
      pattern: "^(?:\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}$",
      maxLength: 18,
      description: "Addresses of the VPC, /16 to /20; each zone gets a sixteenth of them.",
      examples: ["10.40.0.0/16"],
    }),
    zones: list(
      zone("Availability zone."),
      "Zones with a subnet, in an order that stays: a new one is added at the end. EKS wants two at least.",
      2,
      16,
    ),
    admins: list(roleArn("IAM role."), "IAM roles that administer the cluster; nobody else does.", 1, 50),
    logDays: count("Days for which the logs of the control plane are kept.", 1, 3_653),
    systemNodes: block(
      {
        type: text("Instance type without GPUs, x86.", 40),
        count: count("Nodes.", 2, 100),
        pricePerHour: fact("money", "Price of one an hour."),
      },
      "Nodes for what the cluster itself runs: DNS, queues, operators.",
    ),
    objects: Type.Enum(["rendered", "applied"], {
      description:
        "Whether the Kubernetes objects are written to a folder, for GitOps inside the VPC, or applied by a run that reaches the private endpoint.",
    }),
    alerts: Type.String({
      pattern: "^[^\\s@]{1,64}@[^\\s@]{1,190}$",
      maxLength: 255,
      description: "Address that hears of a budget that is nearly spent.",
      examples: ["platform@example.com"],
    }),
    quotas: list(quota, "Quotas of the account.", 0, 4),
  },
  "An AWS account: EKS with a private endpoint, and instances with GPUs.",
);
export type AwsTarget = Decided<typeof awsTarget>;
