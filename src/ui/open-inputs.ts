// Opens inputs: a new plan over each, the first of them shown; exports under way go on.
import type { ExportConfig } from '../contract/config.ts';
import type { PlanTemplate } from './draft.ts';
import type { Input, OpenInput } from './input.ts';
import { isOtherOf } from './other-data.ts';
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

/** Opens inputs and leaves the plan that is shown where it is. */
export async function openBeside(
  { client, drafts }: Session,
  inputs: readonly Input[],
): Promise<OpenInput[]> {
  const catalogue = await client.catalogue();
  return drafts.getState().openInputs(inputs, catalogue, true);
}

/** A stored plan over one of the inputs that are open: the first that is not called as one of its other data. */
export function loadPlan(
  { drafts }: Session,
  config: ExportConfig,
  template: PlanTemplate | null = null,
): void {
  const { inputs, chooseInput, loadConfig } = drafts.getState();
  const own = inputs.find((input) => !isOtherOf(config, input)) ?? inputs[0];
  if (own) chooseInput(own.key);
  loadConfig(config, template);
}
