/** Names of AWS resources that others refer to. */
export const vpcName = (site: string): string => `${site}-network-vpc`;
export const subnetName = (site: string, zone: string): string => `${site}-network-subnet-${zone}`;
export const fabricGroupName = (site: string): string => `${site}-network-efa`;
export const keyName = (site: string): string => `${site}-cluster-key`;
export const clusterName = (site: string): string => `${site}-cluster-eks`;
export const nodeRoleName = (site: string): string => `${site}-cluster-node`;
/** Name of the EKS cluster itself. */
export const clusterId = (site: string): string => site;
