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
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    if (state.kind !== 'reconnecting') {
      setIsLate(false);
      return undefined;
    }
    const timer = setTimeout(() => setIsLate(true), patienceMs);
    return () => clearTimeout(timer);
  }, [state]);
  const isShown = (state.kind === 'reconnecting' && isLate) || state.kind === 'refused';
  if (!isShown) return null;
  return (
    <div className="banner" role="alert">
      <p>{state.kind === 'refused' ? say.refusedBanner : say.banner}</p>
      <Button onClick={() => connection.wake()}>{say.tryNow}</Button>
    </div>
  );
}
