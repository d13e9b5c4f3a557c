// What a host program imports: the engine in workers, and what `host-library.ts` names.
export { createClient, type ClientOptions, type EngineClient } from './worker/client.ts';
export { openStore, type StoreOptions } from './storage/open-store.ts';
export * from './worker/host-library.ts';
