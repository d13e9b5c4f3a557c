// Opens a file: a new plan over it, unless an export is under way.
import type { EngineClient } from '../worker/client.ts';
import { useDraft } from './draft.ts';
import { usePage } from './page-state.ts';
import { useRun } from './run/run-state.ts';

/** Whether the file is open now. Throws what the engine says when it cannot start. */
export async function openFile(file: File, client: EngineClient): Promise<boolean> {
  const isUnderWay = () => ['asking', 'running'].includes(useRun.getState().run.kind);
  if (isUnderWay()) return false;
  const catalogue = await client.catalogue();
  if (isUnderWay()) return false;
  useRun.getState().dismiss();
  usePage.getState().reset();
  useDraft.getState().openFile(file, catalogue);
  return true;
}
