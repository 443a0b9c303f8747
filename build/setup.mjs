import { isInstalled, install } from './install.mjs';
import { whileAlone } from './lock.mjs';
import { findNode, requireNodeForSetup } from './node-version.mjs';

/**
 * Makes a fresh clone runnable and returns the path of a Node that can run it. When the dependencies
 * are in place this looks at local files only: no npm, no network.
 */
export async function ensureReady() {
  requireNodeForSetup();
  if (!isInstalled()) {
    await whileAlone(() => {
      // Another start may have installed while this one waited.
      if (!isInstalled()) install();
    });
  }
  return findNode();
}
