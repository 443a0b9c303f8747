/** The set-up scripts look for the same browsers, before anything is installed: one list for both. */
export { findChromium } from '../../build/chromium.mjs';
