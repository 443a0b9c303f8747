import { expect, test, vi } from 'vitest';

vi.mock('electron', () => ({ Notification: class {} }));
const { isWorthTelling } = await import('#main/notify.ts');

const window = (state: { isVisible: boolean; isMinimized: boolean; isFocused: boolean }) => ({
  isVisible: () => state.isVisible,
  isMinimized: () => state.isMinimized,
  isFocused: () => state.isFocused,
});
const inSight = window({ isVisible: true, isMinimized: false, isFocused: true });
const behind = window({ isVisible: true, isMinimized: false, isFocused: false });

test('the end of a run is told when it took over 30 s and nobody is looking', () => {
  expect(isWorthTelling({ elapsedMs: 30_001 }, behind)).toBe(true);
  expect(isWorthTelling({ elapsedMs: 30_001 }, null)).toBe(true);
  expect(
    isWorthTelling({ elapsedMs: 30_001 }, window({ isVisible: true, isMinimized: true, isFocused: true })),
  ).toBe(true);
});

test('a short run, and one in sight, is not told', () => {
  expect(isWorthTelling({ elapsedMs: 30_000 }, behind)).toBe(false);
  expect(isWorthTelling({ elapsedMs: 600_000 }, inSight)).toBe(false);
});
