// Opens inputs: a new plan over each, shown unless an export is under way.
import type { Input } from './draft.ts';
import type { Session } from './session.tsx';

/** Whether they are open now. Throws what the engine says when it cannot start. */
export async function openInputs(session: Session, inputs: readonly Input[]): Promise<boolean> {
  const { client, drafts, page, runs } = session;
  const isUnderWay = () => ['asking', 'running'].includes(runs.getState().run.kind);
  if (isUnderWay()) return false;
  const catalogue = await client.catalogue();
  if (isUnderWay()) return false;
  runs.getState().dismiss();
  page.getState().reset();
  drafts.getState().openInputs(inputs, catalogue);
  return true;
}
