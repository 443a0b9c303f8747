import { useCallback, useState } from 'react';

/** What this browser remembers of how the window looked; never anything the library should hold. */
export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(`scholium ${name}`);
  } catch {
    // A browser that forbids storage merely forgets.
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`scholium ${name}`, value);
  } catch {
    // As above: the next window starts from the defaults.
  }
}

/** A switch whose position outlives the window. */
export function useRememberedSwitch(name: string, initial: boolean): [boolean, (isOn: boolean) => void] {
  const [isOn, setIsOn] = useState(() => {
    const stored = remembered(name);
    return stored === null ? initial : stored === 'on';
  });
  const turn = useCallback(
    (next: boolean) => {
      remember(name, next ? 'on' : 'off');
      setIsOn(next);
    },
    [name],
  );
  return [isOn, turn];
}
