import * as pulumi from "@pulumi/pulumi";
import type { Opened } from "../../components/open.ts";
import { buildSite, NO_CLOUD } from "../../components/program.ts";
import type { RegisteredObject } from "../../policies/registered.ts";

/**
 * Runs a site's program in this process against a monitor that only records: no engine, no state. It sees what the
 * program registers on Kubernetes, and is no check by the provider.
 */
export async function record(opened: Opened): Promise<readonly RegisteredObject[]> {
  const seen: RegisteredObject[] = [];
  const { site } = opened.plan;
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => {
        if (type.startsWith("kubernetes:"))
          seen.push({ urn: `urn:pulumi:${site}::millrace::${type}::${name}`, object: inputs });
        return { id: id ?? name, state: inputs };
      },
      call: ({ token }) => Promise.reject(new Error(`the program asked for ${token}, which a recording cannot answer`)),
    },
    "millrace",
    site,
    false,
  );
  await buildSite(opened, NO_CLOUD);
  await pulumi.runtime.disconnect();
  return seen;
}
