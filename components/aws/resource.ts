/** An AWS resource as plain data, before any engine sees it. */
export interface AwsResource {
  /** Name of the Pulumi resource: its identity in the state, for ever. */
  readonly name: string;
  /** Type token of the provider. @example "aws:ec2/vpc:Vpc" */
  readonly type: string;
  /** Inputs by their names in `@pulumi/aws`; what AWS first computes stands as an `Output`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Resources that must be there first, where no input says so. */
  readonly after?: readonly string[];
  /** Inputs that others change once the resource is there. */
  readonly ignoreChanges?: readonly string[];
}

/** Stands where a value of another resource goes, which AWS computes when it makes that one. */
export interface Output {
  readonly resource: string;
  /** Property, and the way into it. @example ["vpcConfig", "clusterSecurityGroupId"] */
  readonly output: readonly (string | number)[];
}

export const outputOf = (resource: string, ...output: readonly (string | number)[]): Output => ({ resource, output });

export const isOutput = (value: unknown): value is Output =>
  typeof value === "object" && value !== null && "resource" in value && "output" in value;

/** Tags by which a site's resources, and what they cost, are found. */
export const tagsOf = (site: string, name: string): Readonly<Record<string, string>> => ({
  Name: name,
  "millrace:site": site,
  "millrace:managed-by": "millrace",
});

/** An IAM or key policy, as the text that AWS takes. */
export const policyText = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** A role that one service takes on, with policies of AWS's own by name: no more than the service needs. */
export function serviceRole(
  site: string,
  name: string,
  service: string,
  policies: readonly string[],
  actions: readonly string[] = ["sts:AssumeRole"],
): readonly AwsResource[] {
  const trust = policyText({ Effect: "Allow", Principal: { Service: service }, Action: actions });
  return [
    { name, type: "aws:iam/role:Role", inputs: { name, assumeRolePolicy: trust, tags: tagsOf(site, name) } },
    ...policies.map((policy) => ({
      name: `${name}-${policy.split("/").at(-1)}`,
      type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      inputs: { role: outputOf(name, "name"), policyArn: `arn:aws:iam::aws:policy/${policy}` },
    })),
  ];
}
