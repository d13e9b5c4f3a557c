// What a host program in Node imports: the engine in worker threads, and what `host-library.ts` names.
export { spawnEngine, type SpawnOptions } from '../worker/spawn.node.ts';
export { openStore } from './store.ts';
export * from '../worker/host-library.ts';
