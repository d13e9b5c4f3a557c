// The files that will be written, with rows and sizes: exact once the plan was rehearsed.
import type { CheckResult } from '../../contract/verbs.ts';
import { outputOf } from '../plan-parts.ts';
import { formatCount } from '../format-number.ts';
import { Pager, usePages } from '../kit/Pager.tsx';
import { messages } from '../messages.en.ts';
import { filesWords } from './delivery-words.en.ts';
import { useRehearsal } from '../queries.ts';
import { useDraft } from '../session.tsx';
import { useForecast } from './Forecast.tsx';
import { countText, sizeText } from './rounded.ts';
import { useRowFlow } from './row-flow.ts';
import { StepPart } from './Step.tsx';
import styles from './plan.module.css';

const PAGE = 20;

interface PlannedFile {
  name: string;
  rows: number | null;
  bytes: number | null;
}

export function FilesPart({ check }: { check: CheckResult | undefined }) {
  const words = filesWords;
  const output = useDraft((state) => outputOf(state.draft!.config));
  const { report, isCurrent } = useRehearsal();
  const forecast = useForecast();
  const flow = useRowFlow();
  const isExact = isCurrent && report?.outcome === 'completed';
  const files: PlannedFile[] = isExact
    ? report.files.map((file) => ({ name: file.name, rows: file.rows, bytes: file.sizeBytes }))
    : (check?.fileNames ?? []).map((name) => ({
        name,
        rows: output.split === null ? (flow?.rowsOut ?? null) : null,
        bytes: output.split === null ? forecast.bytes : null,
      }));
  const parts =
    output.split?.rows && !output.split.columns && !output.split.bytes && flow
      ? Math.max(1, Math.ceil(flow.rowsOut / output.split.rows))
      : files.length;
  // How many values there are, or how well the rows pack, is known when they were looked at.
  const isUnknown = Boolean(output.split?.columns ?? output.split?.bytes);
  const page = usePages(files, PAGE);
  const entries = isExact ? report.files.flatMap((file) => file.entries ?? []) : [];
  return (
    <StepPart
      title={words.title}
      says={
        !isExact && isUnknown
          ? words.unknownCount
          : output.archive
            ? words.inOne(entries.length || parts)
            : words.says(parts)
      }
    >
      <table className={styles.files} aria-label={words.title}>
        <thead>
          <tr>
            <th scope="col">{words.file}</th>
            <th scope="col">{words.rows}</th>
            <th scope="col">{words.size}</th>
          </tr>
        </thead>
        <tbody>
          {page.items.map((file) => (
            <tr key={file.name}>
              <td title={file.name}>
                <code>{file.name}</code>
              </td>
              <td>{file.rows === null ? words.unknown : countText(file.rows, isExact)}</td>
              <td>{file.bytes === null ? words.unknown : sizeText(file.bytes, isExact)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pager page={page} words={messages.pages.files} />
      <p className={styles.help}>
        {!isExact && output.split && !output.archive && parts > files.length
          ? words.more(formatCount(parts - files.length))
          : words.nothingYet}
      </p>
    </StepPart>
  );
}
