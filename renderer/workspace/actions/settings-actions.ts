import type { ActionsEdge, Attempt } from './edge.ts';
import type { Actions } from './index.ts';

type SettingsActions = Pick<Actions, 'updateSettings' | 'setKey' | 'unlockKeys' | 'removeKey'>;

export function settingsActions(edge: ActionsEdge, attempt: Attempt): SettingsActions {
  const { client } = edge.connection;
  const { clientId } = edge;
  const keysAfter = async (work: () => ReturnType<typeof client.keys.status>): Promise<boolean> => {
    const status = await attempt(() => work());
    if (status) edge.library.keysArrived(status);
    return status !== null;
  };
  return {
    updateSettings: async (changes) => {
      const settings = await attempt(() => client.settings.update({ clientId, ...changes }));
      if (settings) edge.library.settingsArrived(settings);
      return settings !== null;
    },
    setKey: (input) => keysAfter(() => client.keys.set({ clientId, ...input })),
    unlockKeys: (passphrase) => keysAfter(() => client.keys.unlock({ clientId, passphrase })),
    removeKey: (provider) => keysAfter(() => client.keys.remove({ clientId, provider })),
  };
}
