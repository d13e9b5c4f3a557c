// Hands the engine's client to every component; tests give another one.
import { createContext, useContext } from 'react';
import type { EngineClient } from '../worker/client.ts';

export const EngineContext = createContext<EngineClient | null>(null);

export function useEngine(): EngineClient {
  const client = useContext(EngineContext);
  if (client === null) throw new Error('no engine client above this component');
  return client;
}
