import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import {
  connect,
  portsFromShell,
  portTransport,
  realScheduler,
  websocketTransport,
} from '#renderer/client/index.ts';
import { startTypesetting } from '#renderer/markup/index.ts';
import {
  announceWindow,
  createWorkspace,
  livingWindows,
  WorkspaceProvider,
} from '#renderer/workspace/index.ts';
import { newId } from '#shared/domain/ids.ts';
import type { ClientId } from '#shared/domain/ids.ts';
import '#renderer/styles/index.css';
import { App } from './App.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { showRememberedTheme } from './theme.ts';
import { holdClosingWhileSaving, keepSafe } from './window-events.ts';

showRememberedTheme();

const clientId = newId<ClientId>();
const announced = announceWindow(clientId);
const ports = portsFromShell(window);
const connection = connect({
  transport: ports
    ? portTransport(ports.next, ports.onReplaced)
    : websocketTransport(`${window.location.origin.replace(/^http/, 'ws')}/rpc`, isCookieMissing),
  scheduler: realScheduler,
});
startTypesetting();
const workspace = createWorkspace({
  connection,
  clientId,
  scheduler: realScheduler,
  storage: window.localStorage,
  livingClients: async () => {
    await announced;
    return livingWindows();
  },
});
keepSafe(workspace);
// A browser would ask the user instead; the desktop shell waits until all is saved.
if (ports) holdClosingWhileSaving(workspace);

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root');
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary diagnostics={diagnostics}>
      <WorkspaceProvider value={workspace}>
        <App />
      </WorkspaceProvider>
    </ErrorBoundary>
  </StrictMode>,
);

/** Browsers hide why a WebSocket was turned away; the page itself is turned away for the same reason. */
async function isCookieMissing(): Promise<boolean> {
  try {
    return (await fetch('/', { cache: 'no-store' })).status === 401;
  } catch {
    return false;
  }
}

async function diagnostics(): Promise<string> {
  try {
    return (await connection.client.app.diagnostics()).text;
  } catch {
    return '';
  }
}
