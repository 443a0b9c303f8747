import { useEffect, useRef, useState } from 'react';
import { useActions } from '#renderer/workspace/index.ts';
import type { ModelChoice } from '#shared/domain/model.ts';

/** A name is typed letter by letter; only a pause makes it a choice. */
const quietMs = 400;

/** The choice as shown, saved once it is complete and the typing has paused or the dialog is closed. */
export function useDefaultChoice(stored: ModelChoice): [ModelChoice, (choice: ModelChoice) => void] {
  const actions = useActions();
  const [shown, setShown] = useState(stored);
  const waiting = useRef<ModelChoice | null>(null);
  useEffect(() => {
    if (waiting.current === null) return undefined;
    const timer = setTimeout(() => save(waiting, actions.updateSettings), quietMs);
    return () => clearTimeout(timer);
  }, [shown, actions]);
  useEffect(() => () => save(waiting, actions.updateSettings), [actions]);
  return [
    shown,
    (choice) => {
      setShown(choice);
      // Without a model there is nothing to run with yet; the former choice stays in force.
      waiting.current = choice.model === '' ? null : choice;
    },
  ];
}

function save(
  waiting: { current: ModelChoice | null },
  update: (changes: { defaultChoice: ModelChoice }) => Promise<boolean>,
): void {
  const choice = waiting.current;
  waiting.current = null;
  if (choice) void update({ defaultChoice: choice });
}
