// One option's frame: label, control, help, the way back to what it was, and the issues that name it.
import { useId, type ReactNode } from 'react';
import type { CheckIssue } from '../../contract/verbs.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { formWords } from './form-words.en.ts';
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
  optionId,
  title,
  help,
  isGroup = false,
  issues = [],
  problem = null,
  effect,
  back,
  onBack,
  onRemedy,
  onUndo,
  children,
}: {
  /** Of the option that it shows, to be found by. */
  optionId?: string;
  title: string;
  help?: ReactNode;
  /** Several controls under one label. */
  isGroup?: boolean;
  issues?: readonly CheckIssue[];
  /** What it does to this data, counted. */
  effect?: string | undefined;
  /** What is wrong with the text as typed, before anyone else has seen it. */
  problem?: string | null;
  /** Words for the value that Back would bring; undefined while there is nothing to go back to. */
  back?: string | undefined;
  onBack?: () => void;
  /** Settles an issue as it proposes. */
  onRemedy?: ((issue: CheckIssue) => void) | undefined;
  /** The other way out of an issue, where there is no way back from this option itself. */
  onUndo?: (() => void) | undefined;
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
    <div
      className={`${styles.option} ${back === undefined ? '' : styles.changed}`}
      data-option={optionId}
    >
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
                sentence={issue.detail ?? sentenceOf(issue)}
                hint={hasRemedy(issue) && onRemedy ? '' : issue.hint}
              >
                {hasRemedy(issue) && onRemedy ? (
                  <Button look="link" onClick={() => onRemedy(issue)}>
                    {issue.remedy!.title}
                  </Button>
                ) : null}
                {issue.severity === 'error' && back === undefined && onUndo ? (
                  <Button look="link" onClick={onUndo}>
                    {formWords.undoLast}
                  </Button>
                ) : null}
              </Problem>
            ))}
          </div>
        ) : null}
        {effect === undefined ? null : <p className={styles.effect}>{effect}</p>}
        {help ? (
          <p className={styles.help} id={`${id}-help`}>
            {help}
          </p>
        ) : null}
        {back === undefined ? null : (
          <Button look="link" onClick={onBack} aria-label={formWords.backOf(back, title)}>
            {formWords.back(back)}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Whether the issue can be settled by a click. */
function hasRemedy(issue: CheckIssue): boolean {
  return Object.keys(issue.remedy?.options ?? {}).length > 0;
}

function Problem({
  isError,
  sentence,
  hint,
  children,
}: {
  isError: boolean;
  sentence: string;
  hint?: string;
  /** Ways out. */
  children?: ReactNode;
}) {
  return (
    <p className={isError ? styles.error : styles.warning}>
      <Icon name="warning" />
      <span>
        {sentence} {hint}
        {children ? <span className={styles.ways}>{children}</span> : null}
      </span>
    </p>
  );
}
