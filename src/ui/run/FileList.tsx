// The files of a receipt, with rows, exact sizes and checksums, and the way to have them once more.
import { useState } from 'react';
import type { OutputFile } from '../../contract/report.ts';
import { formatBytes, formatCount } from '../format-number.ts';
import { Button } from '../kit/Button.tsx';
import { Pager, usePages } from '../kit/Pager.tsx';
import { messages } from '../messages.en.ts';
import { useRun } from '../session.tsx';
import { receiptWords } from './receipt-words.en.ts';
import { CopyButton } from './CopyButton.tsx';
import { canReopen, reopen } from './files-again.ts';
import { saveBlob } from './receipt-text.ts';
import type { CompletedRun } from './run-state.ts';
import styles from './run.module.css';

/** Files and entries of an archive shown at a time. */
const PAGE = 20;

export function FileList({
  files,
  run,
  onOpen,
}: {
  files: readonly OutputFile[];
  /** The export itself, while the page still has it. */
  run?: CompletedRun | undefined;
  /** Opens a file as a source; absent where the host says what is open. */
  onOpen?: ((file: File) => void) | undefined;
}) {
  const words = receiptWords;
  const shown = usePages(files, PAGE);
  return (
    <section>
      <h2>{files.length === 1 ? words.file : words.files}</h2>
      {shown.items.map((file) => (
        <FilePart key={file.name} file={file} run={run} onOpen={onOpen} />
      ))}
      <Pager page={shown} words={messages.pages.files} />
    </section>
  );
}

function FilePart({
  file,
  run,
  onOpen,
}: {
  file: OutputFile;
  run: CompletedRun | undefined;
  onOpen: ((file: File) => void) | undefined;
}) {
  const words = receiptWords;
  const { taken } = useRun();
  const [isGone, setGone] = useState(false);
  const entries = usePages(file.entries ?? [], PAGE);
  const withFile = (work: (file: File) => void) => {
    if (run === undefined) return;
    reopen(run, file).then(
      (found) => {
        setGone(false);
        work(found);
      },
      () => setGone(true),
    );
  };
  return (
    <>
      <dl className={styles.pairs}>
        <dt>{words.name}</dt>
        <dd className={styles.again}>
          <span>{file.name}</span>
          {run !== undefined && canReopen(run, file) ? (
            <span className={styles.row}>
              <Button
                look="link"
                onClick={() =>
                  withFile((found) => {
                    saveBlob(file.name, found);
                    if (run.report.files.length === 1) taken(run.id);
                  })
                }
                aria-label={words.saveCopyOf(file.name)}
              >
                {words.saveCopy}
              </Button>
              {onOpen ? (
                <Button
                  look="link"
                  onClick={() => withFile(onOpen)}
                  aria-label={words.openHereOf(file.name)}
                >
                  {words.openHere}
                </Button>
              ) : null}
            </span>
          ) : null}
        </dd>
        <dt>{words.rows}</dt>
        <dd>{formatCount(file.rows)}</dd>
        <dt>{words.size}</dt>
        <dd>{formatBytes(file.sizeBytes)}</dd>
        {file.checksum ? (
          <>
            <dt>{words.sha256}</dt>
            <dd>
              <code>{file.checksum.value}</code>{' '}
              <CopyButton look="link" label={words.copyOne} text={() => file.checksum!.value} />
            </dd>
          </>
        ) : null}
        <dt>{words.readBack}</dt>
        <dd>{file.verified ? words.verified : words.notVerified}</dd>
        {entries.items.map((entry) => [
          <dt key={`t${entry.name}`}>{words.entry}</dt>,
          <dd key={`d${entry.name}`}>
            {words.entrySays(entry.name, formatCount(entry.rows), formatBytes(entry.sizeBytes))}
          </dd>,
        ])}
      </dl>
      <Pager page={entries} words={messages.pages.files} />
      {isGone ? (
        <p className={styles.help} role="status">
          {words.gone(file.name)}
        </p>
      ) : null}
    </>
  );
}
