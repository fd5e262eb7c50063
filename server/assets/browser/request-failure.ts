/** Whether a failure only says that nobody waits for the answer or that the network is away. */
export function isExpectedFailure(error: unknown): boolean {
  return (
    (error instanceof DOMException && error.name === 'AbortError') || error instanceof TypeError
  );
}
