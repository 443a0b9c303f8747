import { app, dialog, ipcMain, Menu, powerMonitor, protocol, session } from 'electron';
import { portChannel, windowOrigin } from '#shared/desktop/window-port.ts';
import { desktopMessages } from '#shared/messages/desktop.ts';
import { listStaticFiles } from '#window-files/static-files.ts';
import { createDesktop } from './desktop.ts';
import { followLink } from './links.ts';
import { menuTemplate } from './menu.ts';
import { openRequestFor, openRequestsIn } from './open-requests.ts';
import type { OpenRequest } from './open-requests.ts';
import { windowDataFolder, windowFolder } from './places.ts';
import { quitWhenSaved } from './quit.ts';
import { answerFrom, appScheme } from './security/app-scheme.ts';
import { isSandboxDropped } from './security/dropped-sandbox.ts';
import { guardPage, guardSession } from './security/index.ts';
import { isOwnAddress } from './security/own-address.ts';

protocol.registerSchemesAsPrivileged([appScheme]);
app.enableSandbox();
app.setPath('userData', windowDataFolder(process.env, app.getPath('appData')));
app.on('web-contents-created', (_event, contents) => guardPage(contents, followLink));

// A second start hands over what it was given, and ends.
if (isSandboxDropped(app, process.env)) void app.whenReady().then(refuseToStart);
else if (app.requestSingleInstanceLock()) run();
else app.quit();

function refuseToStart(): void {
  dialog.showErrorBox(desktopMessages.withoutSandbox.title, desktopMessages.withoutSandbox.text);
  app.exit(1);
}

function run(): void {
  const desktop = createDesktop();
  const early: OpenRequest[] = openRequestsIn(process.argv, {
    workingFolder: process.cwd(),
    isPackaged: app.isPackaged,
  });
  let isStarted = false;
  const open = (request: OpenRequest): void => {
    if (isStarted) void desktop.open(request);
    else early.push(request);
  };

  app.on('open-file', (event, path) => {
    event.preventDefault();
    open(openRequestFor(path, process.cwd()));
  });
  app.on('second-instance', (_event, args, workingFolder) => {
    const requests = openRequestsIn(args, { workingFolder, isPackaged: app.isPackaged });
    if (requests.length === 0 && isStarted) desktop.show();
    requests.forEach(open);
  });
  app.on('activate', () => {
    if (isStarted) desktop.show();
  });
  ipcMain.on(portChannel, (event) => desktop.portWanted(event));
  quitWhenSaved(desktop);

  void app.whenReady().then(async () => {
    const files = listStaticFiles(windowFolder);
    protocol.handle(
      'app',
      answerFrom(windowOrigin, () => files),
    );
    guardSession(session.defaultSession, isOwnAddress);
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, desktop.commands)));
    powerMonitor.on('suspend', () => desktop.powerChanged('suspended'));
    powerMonitor.on('resume', () => desktop.powerChanged('resumed'));
    powerMonitor.on('shutdown', () => app.quit());
    isStarted = true;
    await desktop.start(early);
  });
}
