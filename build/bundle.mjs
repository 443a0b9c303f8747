// Runs under the program's own Node, with the dependencies in place; started by build.mjs.
import fs from 'node:fs';
import { build } from 'vite';
import { backendBundle, mainBundle, preloadBundle, printBundle, windowBundle } from './bundles.mjs';
import { fingerprint, writeStamp } from './freshness.mjs';
import { inRoot, say } from './paths.mjs';

const startedMs = performance.now();
// Taken first: a source that changes while we build makes the result stale, as it should.
const sources = fingerprint();
// Beside dist, so that paths in source maps hold after the move.
const draft = inRoot(`dist.${process.pid}`);
const previous = inRoot(`dist.${process.pid}.old`);
try {
  const bundles = [windowBundle, backendBundle, printBundle, mainBundle, preloadBundle].map((bundle) =>
    bundle(draft),
  );
  // All settle before anything is removed: a build that goes on would write into a folder that is gone.
  const results = await Promise.allSettled(bundles.map((bundle) => build(bundle)));
  const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  for (const reason of reasons) process.stderr.write(`${reason.message}\n`);
  if (reasons.length > 0) process.exitCode = 1;
  else replaceDist();
} finally {
  fs.rmSync(draft, { recursive: true, force: true });
  fs.rmSync(previous, { recursive: true, force: true });
}

function replaceDist() {
  const dist = inRoot('dist');
  writeStamp(draft, sources);
  if (fs.existsSync(dist)) fs.renameSync(dist, previous);
  fs.renameSync(draft, dist);
  say(`built in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
}
