// All problem rows of a run as one file: the plan is read once more, and nothing else is written.
import { useState } from 'react';
import { asExportError } from '../../contract/errors.ts';
import { bindingsOf } from '../draft-bindings.ts';
import { countOf, formatShare } from '../format-number.ts';
import { Button } from '../kit/Button.tsx';
import { messages } from '../messages.en.ts';
import { useEngine } from '../session.tsx';
import type { CompletedRun } from './run-state.ts';

const words = {
  save: (rows: string) => `Save all ${rows} with problems`,
  saving: (share: string) => `Reading once more: ${share}`,
  saved: (name: string, rows: string) => `${rows} in ${name}`,
  other: (now: string, then: string) => `${now} now, ${then} in the export: the source has changed`,
  stop: 'Stop',
} as const;

export function ReceiptRejects({ run }: { run: CompletedRun }) {
  const engine = useEngine();
  const [abort, setAbort] = useState<AbortController | null>(null);
  const [says, setSays] = useState('');
  const { report, draft } = run;
  const rowsOf = (count: number): string => countOf(count, messages.row, messages.rows);
  const { rejected } = report.audit;
  if (rejected === 0) return null;
  const save = async (): Promise<void> => {
    const ends = new AbortController();
    setAbort(ends);
    setSays('');
    try {
      const result = await engine.saveRejects(
        draft.config,
        { ...bindingsOf(draft), clock: () => run.startedAt },
        {
          delivery: { id: 'download', options: {} },
          name: `${report.displayId}-problem-rows.csv`,
          ifExists: 'rename',
        },
        {
          signal: ends.signal,
          onProgress: ({ bytesIn, bytesTotal }) => {
            if (bytesTotal) setSays(words.saving(formatShare(Math.min(1, bytesIn / bytesTotal))));
          },
        },
      );
      const { file } = result.report.rejects;
      if (result.report.error !== null) setSays(result.report.error.sentence);
      else if (file === undefined) setSays('');
      else if (file.rows !== rejected) setSays(words.other(rowsOf(file.rows), rowsOf(rejected)));
      else setSays(words.saved(file.name, rowsOf(file.rows)));
    } catch (thrown) {
      setSays(ends.signal.aborted ? '' : asExportError(thrown).message);
    } finally {
      setAbort(null);
    }
  };
  return (
    <p>
      {abort === null ? (
        <Button onClick={() => void save()}>{words.save(rowsOf(rejected))}</Button>
      ) : (
        <Button onClick={() => abort.abort()}>{words.stop}</Button>
      )}{' '}
      <span role="status">{says}</span>
    </p>
  );
}
