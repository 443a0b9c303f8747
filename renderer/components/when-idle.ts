/**
 * Does what the page on the screen does not need yet, once there is nothing else to do, and at the
 * latest after `atLatestMs`. Returns the way to call it off.
 */
export function whenIdle(work: () => void, atLatestMs: number): () => void {
  // WebKit has no idle callback.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(work, atLatestMs / 4);
    return () => clearTimeout(timer);
  }
  const handle = window.requestIdleCallback(work, { timeout: atLatestMs });
  return () => window.cancelIdleCallback(handle);
}
