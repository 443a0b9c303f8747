import { useEffect } from 'react';
import { themes } from '#shared/domain/settings.ts';
import type { Theme } from '#shared/domain/settings.ts';
import { remember, remembered } from './remembered.ts';

const darkSystem = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)');

/** Before the first paint: the theme of last time, since the library's settings are not read yet. */
export function showRememberedTheme(): void {
  const stored = remembered('theme');
  show(themes.find((theme) => theme === stored) ?? 'system');
}

/** Keeps the page in the chosen theme, and with the system's when that is what was chosen. */
export function useTheme(theme: Theme | null): void {
  useEffect(() => {
    if (theme === null) return undefined;
    remember('theme', theme);
    show(theme);
    const query = darkSystem();
    const follow = (): void => show(theme);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, [theme]);
}

function show(theme: Theme): void {
  const isDark = theme === 'dark' || (theme === 'system' && darkSystem().matches);
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
}
