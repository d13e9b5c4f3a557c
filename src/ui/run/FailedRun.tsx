// An export that failed: what, where, what to do, and the buttons that do it, the safest first.
import type { Catalogue } from '../../contract/verbs.ts';
import { Button } from '../kit/Button.tsx';
import { messages } from '../messages.en.ts';
import { failedWords } from './run-words.en.ts';
import { useDraft, useDraftActions, useEngine, usePage, useRun } from '../session.tsx';
import { outputOf } from '../plan-parts.ts';
import { ErrorPanel } from './ErrorPanel.tsx';
import type { ExportRun } from './run-state.ts';
import { waysOutOf, type WayOut } from './ways-out.ts';

export function FailedRun({
  run,
  catalogue,
}: {
  run: ExportRun & { kind: 'failed' };
  catalogue: Catalogue;
}) {
  const words = failedWords;
  const engine = useEngine();
  const page = usePage();
  const { start, startAgain, dismiss } = useRun();
  const { chooseInput, setOutput } = useDraftActions();
  const { key } = run.draft.input;
  const isShown = useDraft((state) => state.draft?.input.key === key);
  const isOpen = useDraft((state) => state.inputs.some((input) => input.key === key));

  /** Back to the plan that failed, which may not be the one that is shown. */
  const toPlan = () => {
    if (!isShown && isOpen) chooseInput(key);
    dismiss();
  };
  const act = (way: WayOut) => {
    if (way === 'again') {
      void startAgain(engine, catalogue, run.id);
      return;
    }
    toPlan();
    if (way === 'rename') {
      setOutput({ ifExists: 'rename' });
      void start(engine, catalogue, run.name, run.expected);
    } else if (way === 'read') page.toggleSource(true);
    else page.openStep(way);
  };
  const { delivery } = outputOf(run.draft.config);
  const canRename = catalogue.deliveries.some(
    ({ id, needs }) => id === delivery.id && needs === 'folder',
  );
  // Without its plan there is only the way of trying the same again.
  const ways = waysOutOf(run.error).filter(
    (way) => way === 'again' || (isOpen && (way !== 'rename' || canRename)),
  );
  return (
    <ErrorPanel
      error={run.error}
      fileName={run.draft.input.name}
      actions={
        <>
          {ways.map((way, i) => (
            <Button key={way} look={i === 0 ? 'plain' : 'ghost'} onClick={() => act(way)}>
              {words[way]}
            </Button>
          ))}
          <Button look={ways.length > 0 ? 'ghost' : 'plain'} onClick={toPlan}>
            {messages.runBar.backToPlan}
          </Button>
        </>
      }
    />
  );
}
