import { useCallback, useEffect, useState } from 'react';
import type { ModelList } from '#renderer/components/ModelPicker.tsx';
import { whenIdle } from '#renderer/components/when-idle.ts';
import { failureIn } from '#renderer/client/failures.ts';
import { useWorkspace } from '#renderer/workspace/index.ts';
import type { ModelInfo, ProviderKind } from '#shared/domain/model.ts';

/** Asks for a provider's models; a failure is part of the answer, for the chooser to say. */
export function useListModels(): (provider: ProviderKind, askServer: boolean) => Promise<ModelList> {
  const { client } = useWorkspace().connection;
  return useCallback(
    async (provider, askServer) => {
      try {
        return await client.models.list({ provider, askServer });
      } catch (error) {
        return { models: [], failure: failureIn(error) };
      }
    },
    [client],
  );
}

/** OpenAI's models as the catalogue knows them, by id: asked for once, without a network. */
export function useCatalogue(): ReadonlyMap<string, ModelInfo> {
  const listModels = useListModels();
  const [catalogue, setCatalogue] = useState<ReadonlyMap<string, ModelInfo>>(new Map());
  useEffect(() => {
    let isWanted = true;
    const callOff = whenIdle(() => {
      void listModels('openai', false).then(({ models }) => {
        if (isWanted) setCatalogue(new Map(models.map((model) => [model.id, model])));
      });
    }, 1_000);
    return () => {
      isWanted = false;
      callOff();
    };
  }, [listModels]);
  return catalogue;
}
