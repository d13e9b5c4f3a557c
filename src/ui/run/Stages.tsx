// The stages of a run as far as the engine tells of them: read, written, read back, values compared.
import type { Sending } from '../../contract/report.ts';
import { formatCount, formatSize } from '../format-number.ts';
import { dataWords } from '../plan/data-words.en.ts';
import { runWords } from './run-words.en.ts';
import { outputOf } from '../plan-parts.ts';
import type { RunningRun } from './run-state.ts';
import styles from './run.module.css';

type StageState = keyof (typeof runWords)['states'];

export function Stages({ run }: { run: RunningRun }) {
  const words = runWords;
  const { progress } = run;
  const phase = progress?.phase ?? 'reading';
  const { readBack, values } = outputOf(run.draft.config).verify;
  const again = progress?.readAgain;
  const isOfValues = again?.what === 'values';
  const readAgain = again
    ? words.bytesOf(formatSize(again.bytes), formatSize(again.bytesTotal))
    : '';
  const isSending = phase === 'sending';
  const isWritten = isSending || phase === 'verifying';
  const isRead = progress?.bytesTotal != null && progress.bytesIn >= progress.bytesTotal;
  const stages: [name: string, state: StageState, rows: string, bytes: string][] = [
    [
      words.stages.read,
      isRead || isWritten ? 'done' : 'underWay',
      formatCount(progress?.rowsIn ?? 0),
      progress?.bytesTotal
        ? words.bytesOf(formatSize(progress.bytesIn), formatSize(progress.bytesTotal))
        : formatSize(progress?.bytesIn ?? 0),
    ],
    [
      words.stages.write,
      isWritten ? 'done' : 'underWay',
      formatCount(progress?.rowsOut ?? 0),
      formatSize(progress?.bytesOut ?? 0),
    ],
  ];
  if (readBack)
    stages.push([
      words.stages.readBack,
      isOfValues || isSending ? 'done' : isWritten ? 'underWay' : 'toCome',
      '',
      isOfValues ? '' : readAgain,
    ]);
  if (values !== undefined)
    stages.push([
      words.stages.values,
      isSending ? 'done' : isOfValues ? 'underWay' : 'toCome',
      '',
      isOfValues ? readAgain : '',
    ]);
  if (progress?.sending) stages.push([words.stages.send, 'underWay', '', sentOf(progress.sending)]);
  return (
    <table className={styles.list}>
      <thead>
        <tr>
          <th scope="col">{words.stage}</th>
          <th scope="col">{words.state}</th>
          <th scope="col" className={styles.end}>
            {dataWords.rows}
          </th>
          <th scope="col" className={styles.end}>
            {words.bytes}
          </th>
        </tr>
      </thead>
      <tbody>
        {stages.map(([name, state, rows, bytes]) => (
          <tr key={name}>
            <td>{name}</td>
            <td className={state === 'toCome' ? styles.faint : ''}>{words.states[state]}</td>
            <td className={styles.end}>{rows}</td>
            <td className={styles.end}>{bytes}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Where nothing is told of the file under way: what is behind it. */
function sentOf({ bytes, bytesTotal }: Sending): string {
  return runWords.bytesOf(formatSize(bytes), formatSize(bytesTotal));
}
