// What a finished export still waits for a click for: the system's share sheet, or the draft of a mail.
import { useId, useState } from 'react';
import { formatCount } from '../format-number.ts';
import { Button } from '../kit/Button.tsx';
import buttons from '../kit/controls.module.css';
import { useRun } from '../session.tsx';
import { CopyButton } from './CopyButton.tsx';
import { keptFiles } from './files-again.ts';
import { handOffWords } from './hand-off-words.en.ts';
import { saveBlob } from './receipt-text.ts';
import type { CompletedRun } from './run-state.ts';
import styles from './run.module.css';

/** Windows hands no longer link to a program; others take more. */
const LONGEST_LINK = 2000;
/** Names that are said; of more only how many. */
const MOST_NAMED = 3;

export function HandOff({ run }: { run: CompletedRun }) {
  const { handover } = run;
  if (handover?.kind === 'share') return <Share run={run} handover={handover} />;
  if (handover?.kind === 'download' && handover.draft !== undefined)
    return <Mail draft={handover.draft} names={namesOf(handover.files)} />;
  return null;
}

function namesOf(files: readonly { name: string }[]): string {
  const names = files.slice(0, MOST_NAMED).map(({ name }) => name);
  const more = files.length - names.length;
  return [...names, ...(more > 0 ? [`${formatCount(more)} more`] : [])].join(', ');
}

type Handover = NonNullable<CompletedRun['handover']>;

function Share({
  run,
  handover,
}: {
  run: CompletedRun;
  handover: Extract<Handover, { kind: 'share' }>;
}) {
  const words = handOffWords.share;
  const titleId = useId();
  const { taken } = useRun();
  const [says, setSays] = useState('');
  const files = keptFiles(handover);
  const share = async (): Promise<void> => {
    const manifests = new Set(run.report.files.filter((each) => each.isManifest).map(nameOf));
    const { mediaType, title, text } = handover;
    const given = files.map(({ name, blob }) => {
      const type = manifests.has(name) ? 'application/json' : mediaType;
      return new File([blob], name, { type });
    });
    const data = { files: given, ...(title !== '' && { title }), ...(text !== '' && { text }) };
    try {
      if (!navigator.canShare(data)) return setSays(words.refused(namesOf(files)));
      await navigator.share(data);
      taken(run.id);
      setSays(words.done);
    } catch (thrown) {
      const { name, message } = thrown as Error;
      if (name === 'AbortError') setSays(words.cancelled);
      else if (name === 'NotAllowedError') setSays(words.refused(namesOf(files)));
      else setSays(words.failed(message));
    }
  };
  const save = (): void => {
    for (const { name, blob } of files) saveBlob(name, blob);
    taken(run.id);
    setSays(words.saved);
  };
  const still = files.length === 1 ? words.stillOne : words.still;
  return (
    <section className={styles.handOff} aria-labelledby={titleId}>
      <h2 id={titleId}>{words.title}</h2>
      <p className={styles.help}>{run.isTaken ? still : words.here(files.length)}</p>
      <div className={styles.row}>
        <Button look="primary" onClick={() => void share()}>
          {run.isTaken ? words.again : words.open}
        </Button>
        <Button onClick={save}>{words.save(files.length)}</Button>
        <span role="status" className={styles.help}>
          {says}
        </span>
      </div>
    </section>
  );
}

const nameOf = ({ name }: { name: string }): string => name;

function Mail({
  draft,
  names,
}: {
  draft: NonNullable<Extract<Handover, { kind: 'download' }>['draft']>;
  names: string;
}) {
  const words = handOffWords.mail;
  const titleId = useId();
  const parts = [
    [words.to, draft.to],
    [words.subject, draft.subject],
    [words.text, draft.text],
  ] as const;
  return (
    <section className={styles.handOff} aria-labelledby={titleId}>
      <h2 id={titleId}>{words.title}</h2>
      <p>{words.noAttachment(names)}</p>
      <dl className={styles.pairs}>
        {parts.map(([title, text]) => [
          <dt key={`t${title}`}>{title}</dt>,
          <dd key={`d${title}`} className={text === '' ? styles.faint : styles.lines}>
            {text === '' ? words.empty : text}
          </dd>,
        ])}
      </dl>
      {draft.link.length > LONGEST_LINK ? (
        <p className={styles.help}>{words.long(formatCount(draft.link.length))}</p>
      ) : null}
      <div className={styles.row}>
        <a className={`${buttons.button} ${buttons.primary}`} href={draft.link}>
          {words.open}
        </a>
        <CopyButton label={words.copy} text={() => draft.text} />
      </div>
    </section>
  );
}
