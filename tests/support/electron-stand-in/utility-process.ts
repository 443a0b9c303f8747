import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { UtilityProcess } from 'electron';
import { z } from 'zod';
import type { StandInPort } from './ports.ts';

const packet = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), message: z.unknown() }),
  z.object({ type: z.literal('port'), id: z.number(), data: z.unknown() }),
  z.object({ type: z.literal('port-closed'), id: z.number() }),
]);

const childPort = fileURLToPath(new URL('./child-port.mjs', import.meta.url));

/** A utility process over `child_process.fork`. */
export class StandInProcess
  extends EventEmitter
  implements Pick<UtilityProcess, 'postMessage' | 'kill' | 'pid' | 'stdout' | 'stderr'>
{
  readonly pid: number | undefined;
  readonly stdout = null;
  readonly stderr = null;
  readonly gone: Promise<unknown>;
  readonly #child: ChildProcess;
  readonly #ports = new Map<number, StandInPort>();
  #lastPort = 0;

  constructor(modulePath: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    super();
    this.#child = fork(modulePath, [...args], {
      execArgv: ['--import', childPort],
      serialization: 'advanced',
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.pid = this.#child.pid;
    this.gone = once(this.#child, 'exit');
    this.#child.on('message', (raw) => this.#receive(packet.parse(raw)));
    this.#child.once('exit', (code) => {
      for (const port of this.#ports.values()) port.close();
      this.#ports.clear();
      this.emit('exit', code ?? 1);
    });
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    const carried = transfer.map((port) => ({ port: asPort(port), id: (this.#lastPort += 1) }));
    this.#send({ type: 'message', message, ports: carried.map(({ id }) => id) });
    for (const { port, id } of carried) this.#carry(port, id);
  }

  kill(): boolean {
    return this.#child.kill();
  }

  /** As a crash, or the system short of memory, would end it. */
  crash(): boolean {
    return this.#child.kill('SIGKILL');
  }

  #carry(port: StandInPort, id: number): void {
    this.#ports.set(id, port);
    port.moveTo({
      deliver: (data) => this.#send({ type: 'port', id, data }),
      closed: () => this.#send({ type: 'port-closed', id }),
    });
  }

  #receive(received: z.infer<typeof packet>): void {
    switch (received.type) {
      case 'message':
        this.emit('message', received.message);
        return;
      case 'port':
        this.#ports.get(received.id)?.postMessage(received.data);
        return;
      case 'port-closed':
        this.#ports.get(received.id)?.close();
        this.#ports.delete(received.id);
        return;
    }
  }

  #send(sent: Record<string, unknown>): void {
    if (this.#child.connected) this.#child.send(sent, () => undefined);
  }
}

function asPort(value: unknown): StandInPort {
  if (value instanceof EventEmitter && 'moveTo' in value) return value as StandInPort;
  throw new Error('Only ports are transferred.');
}
