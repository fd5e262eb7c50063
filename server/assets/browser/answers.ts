/** Whether a failure only says that nobody waits for the answer or that the network is away. */
export function isExpectedFailure(error: unknown): boolean {
  return (
    (error instanceof DOMException && error.name === 'AbortError') || error instanceof TypeError
  );
}

/** The answer, or null where one cannot be had now. */
export async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isExpectedFailure(error)) return null;
    throw error;
  }
}

/** Whether a value that came from outside has fields at all. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
