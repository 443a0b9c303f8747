export { baseUrlOf, withBaseUrls } from './base-urls.ts';
export type { BaseUrls, KeyedProvider } from './base-urls.ts';
export { createKeys } from './keys/index.ts';
export type { Keys, KeysOptions, KeyStatus } from './keys/index.ts';
export type { Keyring } from './keys/keyring.ts';
export { createModels } from './models.ts';
export type { Models, ModelsOptions } from './models.ts';
export type { Fetch } from './providers/http/fetch.ts';
export type { Ask, Provider, ProviderEvent } from './providers/provider.ts';
