import { type Read, read, readList, readText, UNKNOWN } from "./registered.ts";
import { flagOf, startWords } from "./start-words.ts";

export const TRANSFER_FLAG = "--kv-transfer-config";

/** How an engine hands KV caches over. */
export interface KvTransfer {
  /** By name, those of a MultiConnector one by one; null where the configuration cannot be read. */
  readonly connectors: readonly Connector[] | null;
  /** "kv_producer", "kv_consumer", "kv_both"; null where it is not stated, or cannot be read. */
  readonly role: string | null;
}

interface Connector {
  readonly name: string;
  readonly backends: Read;
}

/** The configuration of a container: null where it has none; what cannot be read may hold anything. */
export function transferOf(container: unknown): KvTransfer | null {
  const text = flagOf(startWords(container), TRANSFER_FLAG);
  if (text === null) return null;
  return text === UNKNOWN ? UNREAD : parsed(text);
}

const UNREAD: KvTransfer = { connectors: null, role: null };

function parsed(text: string): KvTransfer {
  try {
    const config: unknown = JSON.parse(text);
    const role = readText(config, "kv_role");
    return { connectors: connectorsOf(config), role: typeof role === "string" ? role : null };
  } catch {
    return UNREAD;
  }
}

function connectorsOf(config: unknown): readonly Connector[] | null {
  const name = readText(config, "kv_connector");
  if (typeof name !== "string") return null;
  if (name !== "MultiConnector") return [{ name, backends: read(config, "kv_connector_extra_config", "backends") }];
  const inner = readList(config, "kv_connector_extra_config", "connectors");
  const each = inner === UNKNOWN ? [] : inner.map((part) => connectorsOf(part));
  return each.length > 0 && each.every((part) => part !== null) ? each.flat() : null;
}
