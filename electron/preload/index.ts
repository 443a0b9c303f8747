import { ipcRenderer } from 'electron';
import { portChannel, portMessage, portWantedEvent } from '#shared/desktop/window-port.ts';

// All the window is given: one port to the backend, each time it asks for one.
window.addEventListener(portWantedEvent, (event) => {
  event.preventDefault();
  ipcRenderer.send(portChannel);
});

ipcRenderer.on(portChannel, (event) => {
  window.postMessage(portMessage, window.location.origin, event.ports);
});
