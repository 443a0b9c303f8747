// Loaded before a forked backend: gives it the `process.parentPort` of Electron's utility processes,
// over the channel of child_process.fork.
import { EventEmitter } from 'node:events';

const parentPort = new EventEmitter();
const ports = new Map();

parentPort.postMessage = (message) => void process.send?.({ type: 'message', message });
Object.defineProperty(process, 'parentPort', { value: parentPort });

// As Electron does: nothing is read before somebody listens.
parentPort.on('newListener', (name) => {
  if (name === 'message' && parentPort.listenerCount('message') === 0) {
    process.nextTick(() => process.on('message', receive));
  }
});

function receive(packet) {
  switch (packet.type) {
    case 'message':
      parentPort.emit('message', { data: packet.message, ports: packet.ports.map(openPort) });
      return;
    case 'port':
      ports.get(packet.id)?.receive(packet.data);
      return;
    case 'port-closed':
      ports.get(packet.id)?.end();
      return;
  }
}

// Electron ends its utility processes with itself.
process.on('disconnect', () => process.exit(0));

function openPort(id) {
  const port = new EventEmitter();
  let waiting = [];
  port.start = () => {
    const held = waiting ?? [];
    waiting = null;
    for (const data of held) port.emit('message', { data });
  };
  port.postMessage = (data) => void process.send?.({ type: 'port', id, data });
  port.close = () => {
    if (ports.delete(id)) process.send?.({ type: 'port-closed', id });
  };
  port.receive = (data) => (waiting ? waiting.push(data) : port.emit('message', { data }));
  port.end = () => {
    if (ports.delete(id)) port.emit('close');
  };
  ports.set(id, port);
  return port;
}
