import type { MenuItemConstructorOptions } from 'electron';
import { desktopMessages } from '#shared/messages/desktop.ts';

const say = desktopMessages.menu;

export interface MenuCommands {
  newNotebook(): void;
  openLibrary(): void;
  importMarkdown(): void;
  exportPdf(): void;
  copyDiagnostics(): void;
  /** `null` where it is not known where newer versions are published. */
  readonly lookForUpdates: (() => void) | null;
}

type Item = MenuItemConstructorOptions;
const line: Item = { type: 'separator' };

/** The menu with the platform's own roles and keys; our commands are the few that have no role. */
export function menuTemplate(platform: NodeJS.Platform, commands: MenuCommands): Item[] {
  const isMac = platform === 'darwin';
  const help: Item[] = [
    ...(commands.lookForUpdates ? [{ label: say.checkForUpdates, click: commands.lookForUpdates }] : []),
    { label: say.copyDiagnostics, click: () => commands.copyDiagnostics() },
    ...(isMac ? [] : [line, { role: 'about' as const, label: say.about }]),
  ];
  return [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    { label: say.file, submenu: fileMenu(isMac, commands) },
    { role: 'editMenu' },
    { label: say.view, submenu: viewMenu },
    { role: 'windowMenu' },
    { role: 'help', submenu: help },
  ];
}

function fileMenu(isMac: boolean, commands: MenuCommands): Item[] {
  return [
    { label: say.newNotebook, accelerator: 'CmdOrCtrl+N', click: () => commands.newNotebook() },
    { label: say.openLibrary, accelerator: 'CmdOrCtrl+O', click: () => commands.openLibrary() },
    line,
    { label: say.importMarkdown, click: () => commands.importMarkdown() },
    { label: say.exportPdf, accelerator: 'CmdOrCtrl+Shift+E', click: () => commands.exportPdf() },
    line,
    isMac ? { role: 'close' } : { role: 'quit' },
  ];
}

const viewMenu: Item[] = [
  { role: 'reload' },
  line,
  { role: 'resetZoom' },
  { role: 'zoomIn' },
  { role: 'zoomOut' },
  line,
  { role: 'togglefullscreen' },
];
