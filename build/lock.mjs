import fs from 'node:fs';
import path from 'node:path';
import { inRoot, say } from './paths.mjs';

const pollEveryMs = 200;
// Not node:timers/promises: even a Node too old to go on must get as far as saying so.
const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Runs `work` while no other process of this checkout installs or builds. A lock left behind by a
 * process that died is taken over.
 */
export async function whileAlone(work, lockFile = inRoot('out', 'setup.lock')) {
  fs.mkdirSync(path.dirname(lockFile), { recursive: true });
  let announced = false;
  while (!tryTake(lockFile)) {
    if (!announced) say(`another start is setting up; waiting for it (if there is none, delete ${lockFile})`);
    announced = true;
    await delay(pollEveryMs);
  }
  try {
    return await work();
  } finally {
    fs.rmSync(lockFile, { force: true });
  }
}

/** Linking a finished file is atomic: nobody ever reads a lock without its owner's id. */
function tryTake(lockFile) {
  const draft = `${lockFile}.${process.pid}`;
  fs.writeFileSync(draft, String(process.pid));
  try {
    fs.linkSync(draft, lockFile);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    releaseDead(lockFile);
    return false;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function releaseDead(lockFile) {
  const owner = readOwner(lockFile);
  if (owner === null || isAlive(owner)) return;
  const aside = `${lockFile}.dead.${process.pid}`;
  try {
    fs.renameSync(lockFile, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  // Between reading and moving it another process may have taken the dead lock over: give it back.
  if (fs.readFileSync(aside, 'utf8') !== String(owner)) {
    try {
      fs.linkSync(aside, lockFile);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
  fs.rmSync(aside, { force: true });
}

function readOwner(lockFile) {
  try {
    return Number(fs.readFileSync(lockFile, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
