import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A script of `tests/support` in a process of its own that answers each message with one. */
export interface Child {
  ask(message: string): Promise<unknown>;
  /** By SIGKILL; returns when the process is gone. */
  kill(): Promise<void>;
}

export async function startChild(script: string): Promise<Child> {
  const process: ChildProcess = fork(fileURLToPath(new URL(script, import.meta.url)), { execArgv: [] });
  const exited = once(process, 'exit');
  await once(process, 'message');
  return {
    async ask(message) {
      const answer: Promise<unknown[]> = once(process, 'message');
      process.send(message);
      const [said] = await answer;
      return said;
    },
    async kill() {
      process.kill('SIGKILL');
      await exited;
    },
  };
}
