// One option's frame: label, control, help, the way back to what it was, and the issues that name it.
import { useId, type ReactNode } from 'react';
import type { CheckIssue } from '../../contract/verbs.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { messages } from '../messages.en.ts';
import { sentenceOf } from './issues.ts';
import styles from './form.module.css';

/** Names that tie a control to its label, help and error. */
export interface ControlIds {
  control: string;
  label: string;
  describedBy: string | undefined;
  isWrong: boolean;
}

export function OptionRow({
  title,
  help,
  isGroup = false,
  issues = [],
  problem = null,
  back,
  onBack,
  children,
}: {
  title: string;
  help?: ReactNode;
  /** Several controls under one label. */
  isGroup?: boolean;
  issues?: readonly CheckIssue[];
  /** What is wrong with the text as typed, before anyone else has seen it. */
  problem?: string | null;
  /** Words for the value that Back would bring; undefined while there is nothing to go back to. */
  back?: string | undefined;
  onBack?: () => void;
  children: (ids: ControlIds) => ReactNode;
}) {
  const id = useId();
  const errors = problem === null ? issues : [];
  const isWrong = problem !== null || issues.some((issue) => issue.severity === 'error');
  const described = [help ? `${id}-help` : '', isWrong ? `${id}-error` : ''].filter(Boolean);
  const ids: ControlIds = {
    control: `${id}-control`,
    label: `${id}-label`,
    describedBy: described.length > 0 ? described.join(' ') : undefined,
    isWrong,
  };
  return (
    <div className={`${styles.option} ${back === undefined ? '' : styles.changed}`}>
      {isGroup ? (
        <span className={styles.label} id={ids.label}>
          {title}
        </span>
      ) : (
        <label className={styles.label} id={ids.label} htmlFor={ids.control}>
          {title}
        </label>
      )}
      <div className={styles.body}>
        {children(ids)}
        {isWrong || errors.length > 0 ? (
          <div id={`${id}-error`}>
            {problem === null ? null : <Problem isError sentence={problem} />}
            {errors.map((issue) => (
              <Problem
                key={issue.code + issue.sentence}
                isError={issue.severity === 'error'}
                sentence={sentenceOf(issue)}
                hint={issue.hint}
              />
            ))}
          </div>
        ) : null}
        {help ? (
          <p className={styles.help} id={`${id}-help`}>
            {help}
          </p>
        ) : null}
        {back === undefined ? null : (
          <Button look="link" onClick={onBack} aria-label={messages.form.backOf(back, title)}>
            {messages.form.back(back)}
          </Button>
        )}
      </div>
    </div>
  );
}

function Problem({
  isError,
  sentence,
  hint,
}: {
  isError: boolean;
  sentence: string;
  hint?: string;
}) {
  return (
    <p className={isError ? styles.error : styles.warning}>
      <Icon name="warning" />
      <span>
        {sentence} {hint}
      </span>
    </p>
  );
}
