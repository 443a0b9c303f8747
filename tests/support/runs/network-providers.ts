import { createModels } from '#backend/models/index.ts';
import type { Provider } from '#backend/models/index.ts';
import { silentLog } from '#tests/support/silent-log.ts';

/** The real providers of both protocols, sending to the server at `url`. */
export function networkProviders(url: string): readonly Provider[] {
  const never = (kind: string) => () => {
    throw new Error(`No ${kind} here`);
  };
  const solver: Provider = {
    kind: 'solver',
    prepare: never('solver'),
    send: never('solver'),
    listModels: never('solver'),
  };
  const models = createModels({
    settings: { get: () => ({ openaiBaseUrl: url, compatibleBaseUrl: url }) },
    keys: { read: () => Promise.resolve('a-key-for-tests') },
    env: {},
    log: silentLog,
    solver,
  });
  return [models.provider('openai'), models.provider('compatible')];
}
