import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import { menuTemplate } from '#main/menu.ts';
import type { MenuCommands } from '#main/menu.ts';
import { desktopMessages } from '#shared/messages/desktop.ts';

const commands: MenuCommands = {
  newNotebook: vi.fn<() => void>(),
  openLibrary: vi.fn<() => void>(),
  importMarkdown: vi.fn<() => void>(),
  exportPdf: vi.fn<() => void>(),
  copyDiagnostics: vi.fn<() => void>(),
  lookForUpdates: vi.fn<() => void>(),
};

function items(menu: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return menu.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])]);
}
const roles = (platform: NodeJS.Platform) =>
  items(menuTemplate(platform, commands)).flatMap(({ role }) => (role ? [role] : []));

describe('the menu', () => {
  test.each(['linux', 'win32', 'darwin'] as const)(
    'on %s has zoom, full screen, edit and window roles',
    (platform) => {
      expect(roles(platform)).toEqual(
        expect.arrayContaining([
          'editMenu',
          'zoomIn',
          'zoomOut',
          'resetZoom',
          'togglefullscreen',
          'windowMenu',
        ]),
      );
    },
  );

  test('ends the app where the platform expects it', () => {
    expect(roles('darwin')).toContain('appMenu');
    expect(roles('darwin')).toContain('close');
    expect(roles('darwin')).not.toContain('quit');
    expect(roles('linux')).toContain('quit');
    expect(roles('win32')).toContain('about');
  });

  test('offers no developer tools', () => {
    expect(roles('linux')).not.toContain('toggleDevTools');
    expect(roles('linux')).not.toContain('viewMenu');
  });

  test('carries out each command', () => {
    for (const item of items(menuTemplate('linux', commands))) {
      if (item.click) Reflect.apply(item.click, null, []);
    }
    for (const command of Object.values(commands)) expect(command).toHaveBeenCalledTimes(1);
  });

  test('looks for newer versions only when asked, and only where they are published', () => {
    const without = items(menuTemplate('linux', { ...commands, lookForUpdates: null }));
    expect(without.map(({ label }) => label)).not.toContain(desktopMessages.menu.checkForUpdates);
  });
});
