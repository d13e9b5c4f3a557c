// The page's way to the engine: workers behind the verbs, and the page's half of deliveries.
import { asExportError } from '../contract/errors.ts';
import type { Engine, RunResult } from '../contract/verbs.ts';
import { connectEngine } from './connect.ts';
import { spawnInPage, type SpawnOptions } from './spawn.browser.ts';
import { finishHandover, holdHandover, prepareCleanUp } from './handover.page.ts';

export interface EngineClient extends Engine {
  /** Ends all workers. */
  close(): void;
  /** Called when a worker died that nobody ended. Returns how to stop listening. */
  onDeath(listener: () => void): () => void;
}

export type ClientOptions = SpawnOptions;

/** An engine in workers of this page. `run` also does what only the page can: the download click, the clipboard. */
export function createClient(options: ClientOptions = {}): EngineClient {
  const engine = connectEngine({
    spawn: () => spawnInPage(options),
    keepsSpare: true,
    prepareCleanUp,
    onHandover: holdHandover,
  });
  return {
    ...engine,
    async run(config, bindings, runOptions): Promise<RunResult> {
      const result = await engine.run(config, bindings, runOptions);
      try {
        if (result.handover !== null) await finishHandover(result.handover);
      } catch (thrown) {
        result.report.outcome = 'failed';
        result.report.error = asExportError(thrown).toJSON();
      }
      return result;
    },
  };
}
