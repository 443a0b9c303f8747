import { EventEmitter } from 'node:events';
import type { MessagePortMain } from 'electron';

/** Where a port's messages go once it was handed to another process or to a page. */
export interface Carrier {
  deliver(data: unknown): void;
  closed(): void;
}

/** One end of `MessageChannelMain`. Messages wait until it is started or handed over. */
export class StandInPort
  extends EventEmitter
  implements Pick<MessagePortMain, 'postMessage' | 'start' | 'close'>
{
  #other: StandInPort | null = null;
  #carrier: Carrier | null = null;
  #waiting: unknown[] = [];
  #isClosed = false;

  static pair(): { port1: StandInPort; port2: StandInPort } {
    const port1 = new StandInPort();
    const port2 = new StandInPort();
    port1.#other = port2;
    port2.#other = port1;
    return { port1, port2 };
  }

  postMessage(data: unknown): void {
    this.#other?.receive(data);
  }

  start(): void {
    this.#handOver({
      deliver: (data) => this.emit('message', { data }),
      closed: () => this.emit('close'),
    });
  }

  /** From now on the port lives elsewhere; what comes from there is posted on it. */
  #handOver(carrier: Carrier): void {
    this.#carrier = carrier;
    for (const data of this.#waiting.splice(0)) carrier.deliver(data);
    if (this.#isClosed) carrier.closed();
  }

  moveTo(carrier: Carrier): void {
    this.#handOver(carrier);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const other = this.#other;
    if (!other || other.#isClosed) return;
    other.#isClosed = true;
    other.#carrier?.closed();
  }

  receive(data: unknown): void {
    if (this.#isClosed) return;
    if (this.#carrier) this.#carrier.deliver(data);
    else this.#waiting.push(data);
  }
}

export class StandInChannel {
  readonly port1: StandInPort;
  readonly port2: StandInPort;

  constructor() {
    const { port1, port2 } = StandInPort.pair();
    this.port1 = port1;
    this.port2 = port2;
  }
}
