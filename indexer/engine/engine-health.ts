import { z } from 'zod';
import { hasCode } from './process-identity.ts';

const versionAnswer = z.object({ pkgVersion: z.string() });
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
    const response = await fetch(`${url}/version`, {
      headers: key === undefined ? {} : { Authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(timeout),
    });
    const body = parseJson(await response.text());
    const version = versionAnswer.safeParse(body);
    if (response.ok && version.success)
      return { type: 'version', version: version.data.pkgVersion };
    const refusal = errorAnswer.safeParse(body);
    if ((response.status === 401 || response.status === 403) && refusal.success)
      return { type: 'refused', code: refusal.data.code };
    return { type: 'stranger', status: response.status };
  } catch (error) {
    if (!isNetworkFailure(error)) throw error;
    const { cause } = error;
    const isDropped = hasCode(cause, 'UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE');
    return { type: isDropped ? 'broken' : 'unreachable', cause: error };
  }
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
