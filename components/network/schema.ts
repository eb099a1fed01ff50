import { block, type Decided, list, text } from "../site/fields.ts";

export const network = block(
  {
    ingressNamespaces: list(
      text("Namespace.", 63),
      "Namespaces whose pods may call the endpoints: the gateway's. All other traffic into tenants is denied.",
      1,
      50,
    ),
  },
  "Who may reach what on the cluster network.",
);
export type Network = Decided<typeof network>;
