// Opens inputs: a new plan over each, the first of them shown; exports under way go on.
import type { Input } from './draft.ts';
import type { Session } from './session.tsx';

/** Whether they are open now. Throws what the engine says when it cannot start. */
export async function openInputs(session: Session, inputs: readonly Input[]): Promise<boolean> {
  const { client, drafts, page, runs } = session;
  // The browser's own picker is open, about the plan that is shown.
  const isAsking = () => runs.getState().run.kind === 'asking';
  if (isAsking()) return false;
  const catalogue = await client.catalogue();
  if (isAsking()) return false;
  runs.getState().dismiss();
  page.getState().reset();
  drafts.getState().openInputs(inputs, catalogue);
  return true;
}
