import autocannon from 'autocannon';

/** Milliseconds, and answers a second. */
export interface Load {
  readonly answers: number;
  readonly errors: number;
  readonly aSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Median of the medians' distances from the median of five stretches of the run. */
  readonly spread: number;
}

export interface LoadRequest {
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const STRETCHES = 5;

/** The same requests again and again, each client from the first on, or for every request another one. */
export type Requests = readonly LoadRequest[] | (() => LoadRequest);

/** Requests in the form in which autocannon takes them. */
export function toAutocannon(requests: Requests): autocannon.Request[] {
  return typeof requests === 'function'
    ? [{ setupRequest: (request) => ({ ...request, ...requests() }) }]
    : requests.map((request) => ({ ...request, headers: { ...request.headers } }));
}

/** Asks with so many clients at once, each as soon as it has its answer, for so many seconds. */
export async function load(
  url: string,
  requests: Requests,
  connections: number,
  seconds: number,
): Promise<Load> {
  const times: number[] = [];
  const options = {
    url,
    connections,
    duration: seconds,
    timeout: 60,
    requests: toAutocannon(requests),
  };
  const {
    errors,
    timeouts,
    non2xx,
    requests: counted,
  } = await new Promise<autocannon.Result>((resolve, reject) => {
    const instance = autocannon(options, (error: unknown, result) => {
      if (error instanceof Error) reject(error);
      else resolve(result);
    });
    // Its own histogram counts whole milliseconds.
    instance.on('response', (_client, _status, _bytes, time) => void times.push(time));
  });
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? NaN;
  const length = Math.ceil(times.length / STRETCHES);
  const medians = Array.from({ length: STRETCHES }, (_, part) =>
    median(times.slice(part * length, (part + 1) * length)),
  );
  return {
    answers: times.length,
    errors: errors + timeouts + non2xx,
    aSecond: counted.average,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    spread: median(medians.map((one) => Math.abs(one - at(0.5)))),
  };
}

/** NaN for none. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
