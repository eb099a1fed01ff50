import { request as httpsRequest } from "node:https";
import type { KubernetesObject } from "../../components/kubernetes.ts";

/** Where an API server answers, and who asks. */
export interface Address {
  readonly port: number;
  readonly token: string;
  readonly certificate: string;
}

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the API server holds; each test reads what it asks about
  readonly body: any;
}

/** The same objects, asked for in one place. */
export interface Api {
  readonly ask: (method: string, path: string, body?: unknown, type?: string) => Promise<Answer>;
  /** Server-side apply; every unknown field is refused. Gives the object as the server has it, or throws its message. */
  readonly apply: (object: KubernetesObject, options?: ApplyOptions) => Promise<Answer["body"]>;
  /** Path of one object, by what the server says of its kind. */
  readonly pathOf: (object: KubernetesObject) => Promise<string>;
}

interface ApplyOptions {
  readonly dryRun?: boolean;
  readonly manager?: string;
}

interface Kind {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

export function apiAt(address: Address): Api {
  const kinds = new Map<string, Promise<readonly Kind[]>>();
  const ask: Api["ask"] = (method, path, body, type = "application/json") => send(address, method, path, body, type);

  const pathOf = async ({ apiVersion, kind, metadata }: KubernetesObject): Promise<string> => {
    const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const known = kinds.get(root) ?? ask("GET", root).then(({ body }) => (body.resources ?? []) as readonly Kind[]);
    kinds.set(root, known);
    const found = (await known).find((each) => each.kind === kind && !each.name.includes("/"));
    if (found === undefined) {
      kinds.delete(root);
      throw new Error(`the server has no ${apiVersion} ${kind}`);
    }
    const place = found.namespaced ? `/namespaces/${metadata.namespace ?? "default"}` : "";
    return `${root}${place}/${found.name}/${metadata.name}`;
  };

  const apply: Api["apply"] = async (object, { dryRun = false, manager = "test" } = {}) => {
    const query = `fieldManager=${manager}&fieldValidation=Strict${dryRun ? "&dryRun=All" : ""}`;
    const { status, body } = await ask(
      "PATCH",
      `${await pathOf(object)}?${query}`,
      object,
      "application/apply-patch+yaml",
    );
    if (status >= 300) throw new Error(body.message);
    return body;
  };
  return { ask, apply, pathOf };
}

function send({ port, token, certificate }: Address, method: string, path: string, body: unknown, type: string) {
  return new Promise<Answer>((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": type };
    const options = { host: "127.0.0.1", port, method, path, ca: certificate, headers };
    const sent = httpsRequest(options, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: parsed(Buffer.concat(parts)) }));
    });
    sent.on("error", reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function parsed(bytes: Buffer): unknown {
  const text = bytes.toString();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
