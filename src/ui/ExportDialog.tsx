// The studio as a dialog in a host's page: over what the host hands it, closed when the host says so.
import { useEffect, useRef, useState } from 'react';
import { asExportError } from '../contract/errors.ts';
import type { ExportConfig } from '../contract/config.ts';
import type { Report } from '../contract/report.ts';
import type { EngineClient } from '../worker/client.ts';
import { bindRows, type HostRows, type RowsOptions } from '../worker/rows.ts';
import type { Input } from './draft.ts';
import { Button } from './kit/Button.tsx';
import { Icon } from './kit/Icon.tsx';
import { messages } from './messages.en.ts';
import { openInputs } from './open-inputs.ts';
import { createSession } from './session.tsx';
import { Studio } from './Studio.tsx';
import styles from './ExportDialog.module.css';

/** A data set of the host: a file, or rows as an array, an iterable or a way to fetch pages. */
export type DialogSource =
  { name: string; file: Blob } | ({ name: string; rows: HostRows } & Omit<RowsOptions, 'name'>);

export interface ExportDialogProps {
  client: EngineClient;
  /** At least one; the first is chosen. Read when the dialog opens. */
  sources: readonly DialogSource[];
  isOpen: boolean;
  /** Asked for by the person; the host then sets `isOpen` to false. */
  onClose(): void;
  /** Title of the dialog. Default `Export`. */
  title?: string;
  /** A plan to begin with, as templates hold it. */
  config?: ExportConfig;
  /** Told of each export that ended, however it did. */
  onExport?(report: Report): void;
}

/** Mounts nothing while closed; opened anew it begins anew. */
export function ExportDialog(props: ExportDialogProps) {
  return props.isOpen ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ client, sources, onClose, title, config, onExport }: ExportDialogProps) {
  const [session] = useState(() => createSession(client));
  const [isReady, setReady] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const { current } = dialog;
    current?.showModal();
    return () => current?.close();
  }, []);

  useEffect(() => {
    let isGone = false;
    const open = async () => {
      const inputs = await Promise.all(sources.map(inputOf));
      if (isGone) return;
      await openInputs(session, inputs);
      if (config) session.drafts.getState().loadConfig(config);
      setReady(true);
    };
    open().catch((thrown: unknown) => {
      const { message, hint } = asExportError(thrown);
      setProblem(`${message} ${hint}`);
    });
    return () => {
      isGone = true;
    };
    // Hosts make the list anew at each render: what counts is what it was when the dialog opened.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [session]);

  const told = useRef(onExport);
  told.current = onExport;
  useEffect(
    () =>
      session.runs.subscribe(({ run }, before) => {
        if (run === before.run) return;
        if (run.kind === 'completed') told.current?.(run.report);
        if (run.kind === 'failed' && run.report) told.current?.(run.report);
      }),
    [session],
  );

  const name = title ?? messages.runBar.export;
  const top = (
    <header className={styles.top}>
      <h1>{name}</h1>
      <Button look="icon" aria-label={messages.dialog.close} onClick={onClose}>
        <Icon name="close" />
      </Button>
    </header>
  );
  return (
    <dialog
      ref={dialog}
      className={`export-studio ${styles.dialog}`}
      aria-label={name}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      {isReady ? (
        <Studio session={session} top={top} problem={problem} onOpenFile={null} onClose={onClose} />
      ) : (
        <>
          {top}
          {problem === null ? null : (
            <p className={styles.problem} role="alert">
              {problem}
            </p>
          )}
        </>
      )}
    </dialog>
  );
}

async function inputOf(source: DialogSource): Promise<Input> {
  if ('file' in source)
    return { name: source.name, sizeBytes: source.file.size, data: { bytes: source.file } };
  const { rows, ...options } = source;
  return { name: source.name, sizeBytes: null, data: { rows: await bindRows(rows, options) } };
}
