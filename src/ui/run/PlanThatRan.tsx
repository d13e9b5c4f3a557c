// The plan that ran, to be run elsewhere: as a line for the command line, or as JSON.
import { useId, useMemo, useState } from 'react';
import type { Catalogue } from '../../contract/verbs.ts';
import type { Input } from '../input.ts';
import { receiptWords } from './receipt-words.en.ts';
import { commandLineOf } from './command-line.ts';
import { CopyButton } from './CopyButton.tsx';
import { saveText } from './receipt-text.ts';
import type { CompletedRun } from './run-state.ts';
import styles from './run.module.css';

export function PlanThatRan({ run, catalogue }: { run: CompletedRun; catalogue: Catalogue }) {
  const words = receiptWords;
  const titleId = useId();
  const [saved, setSaved] = useState<string | null>(null);
  const { report, draft } = run;
  const { input, others } = draft;
  // The command line reads files; a host's rows and made-up ones lie in none.
  const isFile =
    isOneFile(input) &&
    [...others.values()].every((other) => isOneFile(other) || 'origin' in other.data);
  const command = useMemo(
    () =>
      isFile
        ? commandLineOf(
            {
              config: report.config,
              sourceName: input.name,
              otherNames: new Map(
                [...others].flatMap(([id, other]) => (isOneFile(other) ? [[id, other.name]] : [])),
              ),
              fileNames: report.files.map((file) => file.name),
              startedAtMs: run.startedAt,
            },
            catalogue,
          )
        : null,
    [isFile, report, input, others, run.startedAt, catalogue],
  );
  const file = command?.file;
  return (
    <section>
      <div className={styles.row}>
        <h2 id={titleId}>{words.planThatRan}</h2>
        <span className={`${styles.push} ${styles.row}`}>
          {command ? (
            <CopyButton
              look="link"
              label={words.copyCommand}
              text={() => command.line}
              onCopied={() => {
                if (!file) return;
                saveText(file.name, file.text);
                setSaved(file.name);
              }}
            />
          ) : null}
          <CopyButton
            look="link"
            label={words.copyJson}
            text={() => `${JSON.stringify(report.config, null, 2)}\n`}
          />
        </span>
      </div>
      {command ? (
        <>
          <pre className={styles.command} tabIndex={0} aria-labelledby={titleId} role="region">
            <code>{command.line}</code>
          </pre>
          <p className={styles.help} aria-live="polite">
            {saved !== null
              ? words.commandSaved(saved)
              : file
                ? words.commandWithFile(file.name, [
                    input.name,
                    ...[...others.values()].filter(isOneFile).map(({ name }) => name),
                  ])
                : words.commandSays(input.name)}
          </p>
        </>
      ) : (
        <p className={styles.help}>{words.noCommand}</p>
      )}
    </section>
  );
}

function isOneFile({ data }: Input): boolean {
  return 'bytes' in data && data.bytes instanceof Blob;
}
