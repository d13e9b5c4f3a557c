// The source: its name and size, what was found in it, and how it is read; a rail, or one line where that has no room.
import { useRef, type ReactNode } from 'react';
import type { Catalogue, CheckIssue } from '../../contract/verbs.ts';
import type { Draft } from '../draft.ts';
import type { Input, OpenInput } from '../input.ts';
import { outputOf } from '../plan-parts.ts';
import { formatSize } from '../format-number.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Select } from '../kit/fields.tsx';
import { messages } from '../messages.en.ts';
import { rowsText } from '../plan/answers.ts';
import { useInspection } from '../queries.ts';
import { NothingLeaves } from './NothingLeaves.tsx';
import { readAsOne, singleFiles } from './many-files.ts';
import { sourceWords } from './messages.en.ts';
import { FileChoice } from './FileChoice.tsx';
import { SourceOptions } from './SourceOptions.tsx';
import form from '../form/form.module.css';
import styles from './source.module.css';
import { useDraft, useDraftActions, useOwnId, usePage, useRun, useSession } from '../session.tsx';

interface SourceProps {
  draft: Draft;
  catalogue: Catalogue;
  issues: readonly CheckIssue[];
  /** What is stored, below the sources. */
  stored?: ReactNode;
  onOpenFile: () => void;
}

export function SourceRail({ draft, catalogue, issues, stored, onOpenFile }: SourceProps) {
  const words = messages.source;
  const ownId = useOwnId('source');
  const inspection = useInspection().data;
  const facts = useFacts();
  const list = useRef<HTMLUListElement>(null);
  const { isSourceOpen: isOpen, toggleSource } = usePage();
  const inputs = useInputs();
  const { chooseInput, closeInput } = useDraftActions();
  // The browser's picker is open, about the plan that is shown; what runs already goes on by itself.
  const isBusy = useRun((state) => state.run.kind === 'asking');
  const dismiss = useRun((state) => state.dismiss);
  return (
    <aside className={styles.rail} data-region="sources" aria-label={words.title}>
      <h2>
        {words.sources}
        <Button look="icon" aria-label={words.add} onClick={onOpenFile}>
          <Icon name="plus" />
        </Button>
      </h2>
      <ul className={styles.inputs} ref={list}>
        {inputs.map((input) => (
          <li key={input.key}>
            <button
              type="button"
              className={styles.file}
              aria-current={input.key === draft.input.key ? 'true' : undefined}
              disabled={isBusy}
              onClick={() => {
                dismiss();
                chooseInput(input.key);
              }}
            >
              <Icon name="file" />
              <b title={input.name}>{input.name}</b>
              <small>{sizeOf(input)}</small>
              {input.key === draft.input.key ? (
                <small className={styles.facts}>{facts}</small>
              ) : null}
            </button>
            {inputs.length > 1 ? (
              <Button
                look="icon"
                aria-label={words.closeOf(input.name)}
                disabled={isBusy}
                onClick={() => {
                  closeInput(input.key);
                  // Its button is gone with it.
                  requestAnimationFrame(() =>
                    list.current?.querySelector<HTMLElement>('[aria-current]')?.focus(),
                  );
                }}
              >
                <Icon name="close" />
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <AsOne />
      {isOpen ? null : (
        <div className={`${styles.choice} ${form.stacked}`}>
          <FileChoice />
        </div>
      )}
      <button
        type="button"
        id={`${ownId}-options`}
        className={styles.disclosure}
        aria-expanded={isOpen}
        aria-controls={`${ownId}-form`}
        onClick={() => toggleSource(!isOpen)}
      >
        {words.howRead}
        <Icon name="chevron" />
      </button>
      <div id={`${ownId}-form`} className={styles.options} hidden={!isOpen}>
        {isOpen ? (
          <SourceOptions
            key={draft.input.key}
            catalogue={catalogue}
            inspection={inspection}
            issues={issues}
          />
        ) : null}
      </div>
      {stored}
      <NothingLeaves isSent={outputOf(draft.config).delivery.id === 'http'} />
    </aside>
  );
}

/** The same in one line under the top bar, for narrower screens. */
export function SourceLine({
  draft,
  isOpen,
  onToggle,
  onOpenFile,
}: {
  draft: Draft;
  isOpen: boolean;
  onToggle: () => void;
  onOpenFile: () => void;
}) {
  const words = messages.source;
  const ownId = useOwnId('source');
  const facts = useFacts();
  const inputs = useInputs();
  const { chooseInput } = useDraftActions();
  const isBusy = useRun((state) => state.run.kind === 'asking');
  const dismiss = useRun((state) => state.dismiss);
  return (
    <div className={styles.line} data-region="sources" role="region" aria-label={words.title}>
      {inputs.length > 1 ? (
        <Select
          aria-label={words.title}
          value={draft.input.key}
          disabled={isBusy}
          onChange={(event) => {
            dismiss();
            chooseInput(Number(event.currentTarget.value));
          }}
        >
          {inputs.map((input) => (
            <option key={input.key} value={input.key}>
              {input.name}
            </option>
          ))}
        </Select>
      ) : (
        <b title={draft.input.name}>{draft.input.name}</b>
      )}
      <span>{[facts, sizeOf(draft.input)].filter(Boolean).join(', ')}</span>
      <Button
        look="link"
        id={`${ownId}-options`}
        aria-expanded={isOpen}
        aria-controls={`${ownId}-form`}
        onClick={onToggle}
      >
        {words.howRead}
      </Button>
      <AsOne />
      <Button look="link" onClick={onOpenFile}>
        {words.openAnother}
      </Button>
    </div>
  );
}

/** The form that the line opens, above the plan. */
export function SourceDrawer({ catalogue, issues }: Pick<SourceProps, 'catalogue' | 'issues'>) {
  const inspection = useInspection().data;
  const ownId = useOwnId('source');
  const inputKey = useDraft((state) => state.draft!.input.key);
  return (
    <section id={`${ownId}-form`} className={styles.drawer} aria-label={messages.source.howRead}>
      <SourceOptions key={inputKey} catalogue={catalogue} inspection={inspection} issues={issues} />
    </section>
  );
}

/** Makes one source of the files that are open. */
function AsOne() {
  const session = useSession();
  const inputs = useDraft((state) => state.inputs);
  const isBusy = useRun((state) => state.run.kind === 'asking');
  const files = singleFiles(inputs);
  if (files.length < 2) return null;
  return (
    <Button
      look="link"
      className={styles.asOne}
      disabled={isBusy}
      onClick={() => void readAsOne(session, files)}
    >
      {sourceWords.asOne(files.length)}
    </Button>
  );
}

/** All that is open, as their plans have it: an address may be another by now. */
function useInputs(): readonly OpenInput[] {
  const inputs = useDraft((state) => state.inputs);
  const shelf = useDraft((state) => state.shelf);
  const own = useDraft((state) => state.draft!.input);
  return inputs.map((input) =>
    input.key === own.key ? own : (shelf.get(input.key)?.draft?.input ?? input),
  );
}

/** Its size, where it is known. */
function sizeOf({ sizeBytes }: Input): string {
  return sizeBytes === null ? '' : formatSize(sizeBytes);
}

/** Rows and columns, as far as they are known. */
function useFacts(): string {
  const { data: inspection, isError } = useInspection();
  if (isError) return messages.source.notReadable;
  if (inspection === undefined) return messages.source.reading;
  return messages.source.facts(rowsText(inspection), inspection.columns.length);
}
