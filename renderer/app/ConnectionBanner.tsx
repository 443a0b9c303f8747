import { useEffect, useState } from 'react';
import { Button } from '#renderer/components/Button.tsx';
import { useConnectionState, useWorkspace } from '#renderer/workspace/index.ts';
import { windowMessages } from '#shared/messages/window.ts';

const say = windowMessages.connection;
/** A short gap is nobody's business; the status line says it anyway. */
const patienceMs = 2_000;

/** Over the page while there is no way to the library. */
export function ConnectionBanner() {
  const { connection } = useWorkspace();
  const state = useConnectionState();
  const lostSinceMs = state.kind === 'reconnecting' ? state.sinceMs : null;
  const [waitedSinceMs, setWaitedSinceMs] = useState<number | null>(null);
  useEffect(() => {
    if (lostSinceMs === null) return undefined;
    const timer = setTimeout(() => setWaitedSinceMs(lostSinceMs), patienceMs);
    return () => clearTimeout(timer);
  }, [lostSinceMs]);
  const isLate = lostSinceMs !== null && waitedSinceMs === lostSinceMs;
  const isShown = isLate || state.kind === 'refused';
  if (!isShown) return null;
  return (
    <div className="banner" role="alert">
      <p>{state.kind === 'refused' ? say.refusedBanner : say.banner}</p>
      <Button onClick={() => connection.wake()}>{say.tryNow}</Button>
    </div>
  );
}
