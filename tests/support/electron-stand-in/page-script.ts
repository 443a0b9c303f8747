/**
 * The `ipcRenderer` of a stand-in page, and the page's own ports behind the ones main handed over.
 * Runs in the page, before anything of it, with the preload as Electron would run it.
 */
export function pageScript(preload: string): string {
  return `(() => {
  if (window !== window.top) return;
  const listeners = new Map();
  const inner = new Map();
  const outer = new Map();
  const handed = [];
  window.addEventListener('message', ({ ports }) => {
    if (ports.length > 0) handed.shift()?.forEach((id, at) => outer.set(id, ports[at]));
  });
  const ipcRenderer = {
    send: (channel) => void window.__standInSend({ type: 'ipc', channel }),
    on: (channel, listener) => listeners.set(channel, listener),
  };
  window.__standIn = {
    ipc(channel, ids) {
      const ports = ids.map((id) => {
        const { port1, port2 } = new MessageChannel();
        inner.set(id, port1);
        port1.onmessage = ({ data }) => void window.__standInSend({ type: 'port', id, data: pack(data) });
        return port2;
      });
      handed.push(ids);
      listeners.get(channel)?.({ ports }, null);
    },
    port: (id, packed) => inner.get(id)?.postMessage(unpack(packed)),
    portClosed: (id) => {
      inner.get(id)?.close();
      // Browsers tell nobody; Electron's ports do.
      outer.get(id)?.dispatchEvent(new Event('close'));
    },
  };
  const pack = (data) => (typeof data === 'string' ? data : { bytes: [...new Uint8Array(data.buffer ?? data)] });
  const unpack = (packed) => (typeof packed === 'string' ? packed : new Uint8Array(packed.bytes));
  const require = (name) => {
    if (name !== 'electron') throw new Error('A sandboxed preload has no module ' + name);
    return { ipcRenderer };
  };
  const module = { exports: {} };
  (function (require, exports, module) {
${preload}
  })(require, module.exports, module);
})();`;
}
