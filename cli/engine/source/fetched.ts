/** A page's whole body, or why there is none. */
export type Fetched =
  | { readonly ok: true; readonly body: Buffer }
  | { readonly ok: false; readonly status: number | null; readonly why: string };

const CONNECT_MS = 5_000;
const TRANSFER_MS = 300_000;

/** Fetches a page into memory; a way out that is not there is noticed within five seconds. */
export async function fetched(url: string): Promise<Fetched> {
  const silent = new AbortController();
  const timer = setTimeout(() => silent.abort(), CONNECT_MS);
  try {
    const response = await fetch(url, { signal: AbortSignal.any([silent.signal, AbortSignal.timeout(TRANSFER_MS)]) });
    clearTimeout(timer);
    if (!response.ok) return { ok: false, status: response.status, why: `${url}: HTTP ${response.status}` };
    return { ok: true, body: Buffer.from(await response.arrayBuffer()) };
  } catch (error) {
    return { ok: false, status: null, why: `${new URL(url).host} cannot be reached: ${causeOf(error)}` };
  } finally {
    clearTimeout(timer);
  }
}

const causeOf = (error: unknown): string => {
  const { cause, name } = error as { cause?: { code?: string }; name: string };
  return cause?.code ?? (name === "AbortError" ? `no answer within ${CONNECT_MS / 1000} s` : name);
};
