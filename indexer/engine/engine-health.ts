import { z } from 'zod';
import { hasCode } from './process-identity.ts';

const versionAnswer = z.object({ pkgVersion: z.string().regex(/^\d+\.\d+\.\d+/) });
const indexesAnswer = z.object({ results: z.array(z.unknown()), total: z.int() });
const errorAnswer = z.object({ code: z.string() });

/** Whether something that calls itself available answers `/health` in time (milliseconds). */
export async function isHealthy(url: string, timeout: number): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(timeout) });
    return response.ok && (await response.text()).includes('available');
  } catch (error) {
    if (isNetworkFailure(error)) return false;
    throw error;
  }
}

export type VersionAnswer =
  | { readonly type: 'version'; readonly version: string }
  /** `code` is the engine's: `missing_authorization_header`, `invalid_api_key` … */
  | { readonly type: 'refused'; readonly code: string }
  /** Nobody listens, or nobody answers in time. */
  | { readonly type: 'unreachable'; readonly cause: unknown }
  /** The connection was taken and then dropped, as by an engine that panics. */
  | { readonly type: 'broken'; readonly cause: unknown }
  /** Somebody answers, but not as Meilisearch does. */
  | { readonly type: 'stranger'; readonly status: number };

/** Asks for the engine's version with this key; says what came instead when there is no version. */
export async function askVersion(
  url: string,
  key: string | undefined,
  timeout: number,
): Promise<VersionAnswer> {
  try {
    const { status, body } = await ask(`${url}/version`, key, timeout);
    const version = versionAnswer.safeParse(body);
    if (status === 200 && version.success)
      return { type: 'version', version: version.data.pkgVersion };
    const refusal = errorAnswer.safeParse(body);
    if ((status === 401 || status === 403) && refusal.success)
      return { type: 'refused', code: refusal.data.code };
    return { type: 'stranger', status };
  } catch (error) {
    if (!isNetworkFailure(error)) throw error;
    const { cause } = error;
    const isDropped = hasCode(cause, 'UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE');
    return { type: isDropped ? 'broken' : 'unreachable', cause: error };
  }
}

/**
 * The status of what does not list indexes as Meilisearch does, though it may have a version as many
 * services have one, 0 when it drops the connection; null when it does, or says that this key may not ask.
 */
export async function strangeListing(
  url: string,
  key: string | undefined,
  timeout: number,
): Promise<number | null> {
  try {
    const { status, body } = await ask(`${url}/indexes?limit=1`, key, timeout);
    const schema = status === 200 ? indexesAnswer : errorAnswer;
    const isKnown = status === 200 || status === 401 || status === 403;
    return isKnown && schema.safeParse(body).success ? null : status;
  } catch (error) {
    if (isNetworkFailure(error)) return 0;
    throw error;
  }
}

/** An answer that is no JSON has null for its body. */
async function ask(url: string, key: string | undefined, timeout: number) {
  const response = await fetch(url, {
    headers: key === undefined ? {} : { Authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(timeout),
    // What is sent there would be lost on the way.
    redirect: 'manual',
  });
  return { status: response.status, body: parseJson(await response.text()) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** `fetch` rejects with a TypeError when the connection fails, with a DOMException when time is up. */
function isNetworkFailure(error: unknown): error is Error {
  return (
    error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError')
  );
}
