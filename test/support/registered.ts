import * as pulumi from "@pulumi/pulumi";
import type { MockResourceArgs } from "@pulumi/pulumi/runtime/index.js";

/** Runs a program against mocks and returns all it registered; `disconnect` waits until every registration is done. */
export async function registered(
  build: () => unknown,
  stack = "lab",
  isPreview = false,
): Promise<readonly MockResourceArgs[]> {
  const seen: MockResourceArgs[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: (args) => {
        seen.push(args);
        return { id: `${args.name}-id`, state: args.inputs };
      },
      call: ({ token }) => Promise.reject(new Error(`no answer for ${token}`)),
    },
    "millrace",
    stack,
    isPreview,
  );
  await build();
  await pulumi.runtime.disconnect();
  return seen;
}
