import { useSyncExternalStore } from 'react';
import { ToastRegion } from '#renderer/components/ToastRegion.tsx';
import { useWorkspace } from '#renderer/workspace/index.ts';
import { windowMessages } from '#shared/messages/window.ts';

const say = windowMessages.frame;

export function Toasts() {
  const { toasts } = useWorkspace();
  const shown = useSyncExternalStore(toasts.state.subscribe, toasts.state.getState);
  return (
    <ToastRegion label={say.notices} dismissLabel={say.dismiss} toasts={shown} onDismiss={toasts.dismiss} />
  );
}
