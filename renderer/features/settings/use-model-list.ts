import { useCallback } from 'react';
import type { ModelPickerProps } from '#renderer/components/ModelPicker.tsx';
import { failureIn } from '#renderer/client/index.ts';
import { useWorkspace } from '#renderer/workspace/index.ts';

/** How a ModelPicker gets its lists: from the backend, with the reason beside them where that failed. */
export function useModelList(): ModelPickerProps['listModels'] {
  const { connection } = useWorkspace();
  return useCallback(
    async (provider, askServer) => {
      try {
        return await connection.client.models.list({ provider, askServer });
      } catch (error) {
        return { models: [], failure: failureIn(error) };
      }
    },
    [connection],
  );
}
