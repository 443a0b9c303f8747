// Runs under the program's own Node, with the dependencies in place; started by build.mjs.
import fs from 'node:fs';
import { build } from 'vite';
import { backendBundle, printBundle, windowBundle } from './bundles.mjs';
import { fingerprint, writeStamp } from './freshness.mjs';
import { inRoot, say } from './paths.mjs';

const startedMs = performance.now();
// Taken first: a source that changes while we build makes the result stale, as it should.
const sources = fingerprint();
// Beside dist, so that paths in source maps hold after the move.
const draft = inRoot(`dist.${process.pid}`);
const previous = inRoot(`dist.${process.pid}.old`);
try {
  await Promise.all(
    [windowBundle(draft), backendBundle(draft), printBundle(draft)].map((bundle) => build(bundle)),
  );
  writeStamp(draft, sources);
  const dist = inRoot('dist');
  if (fs.existsSync(dist)) fs.renameSync(dist, previous);
  fs.renameSync(draft, dist);
  say(`built in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
} finally {
  fs.rmSync(draft, { recursive: true, force: true });
  fs.rmSync(previous, { recursive: true, force: true });
}
