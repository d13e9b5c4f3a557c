// The page's way to the engine: workers behind the verbs, and the page's half of deliveries.
import { asExportError } from '../contract/errors.ts';
import type { Engine, RunResult } from '../contract/verbs.ts';
import { connectEngine } from './connect.ts';
import { spawnInPage, type SpawnOptions } from './spawn.browser.ts';
import { createNetworkLines } from './network.page.ts';
import { finishHandover, holdHandover, prepareCleanUp } from './handover.page.ts';

export interface EngineClient extends Engine {
  /** Ends all workers. */
  close(): void;
  /** Called when a worker died that nobody ended. Returns how to stop listening. */
  onDeath(listener: () => void): () => void;
}

export interface ClientOptions extends SpawnOptions {
  /**
   * The file of the network worker, where the page's own policy lets nothing else reach other machines. Without it the
   * workers of the engine ask for addresses themselves.
   */
  networkUrl?: string | URL;
}

/** An engine in workers of this page. `run` also does what only the page can: the download click, the clipboard. */
export function createClient(options: ClientOptions = {}): EngineClient {
  const { networkUrl } = options;
  const network = networkUrl === undefined ? undefined : createNetworkLines(networkUrl);
  const engine = connectEngine({
    spawn: () => spawnInPage(options),
    ...(network && { openLine: () => network.openLine() }),
    keepsSpare: true,
    prepareCleanUp,
    onHandover: holdHandover,
  });
  const finished = async (result: RunResult): Promise<RunResult> => {
    try {
      if (result.handover !== null) await finishHandover(result.handover);
    } catch (thrown) {
      result.report.outcome = 'failed';
      result.report.error = asExportError(thrown).toJSON();
    }
    return result;
  };
  return {
    ...engine,
    saveRejects: async (...asked) => finished(await engine.saveRejects(...asked)),
    close() {
      engine.close();
      network?.close();
    },
    run: async (...asked) => finished(await engine.run(...asked)),
  };
}
