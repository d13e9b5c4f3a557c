// One part of an object that an option is made of, as a row: label, control, help, and what is wrong.
import { useId, useState, type ReactNode } from 'react';
import type { OptionField } from '../../contract/options.ts';
import { Icon } from '../kit/Icon.tsx';
import { Hidden } from '../kit/fields.tsx';
import type { ObjectProps, PartProps } from './editor-props.ts';
import { formWords } from './form-words.en.ts';
import { partValue } from './object-model.ts';
import { structuredWords as words } from './structured-words.en.ts';
import styles from './structured.module.css';
import form from './form.module.css';

/** One part with its label, help and what is wrong with it; `edit` makes its control. */
export function ObjectPart({
  part,
  given,
  isBare = false,
  onSet,
  edit,
  ...rest
}: Omit<ObjectProps, 'onChange'> & {
  part: OptionField;
  /** Its label is for screen readers alone. */
  isBare?: boolean;
  onSet: (value: unknown, part: string) => void;
  edit: (props: PartProps) => ReactNode;
}) {
  const id = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const field = asEdited(part);
  const value = partValue(part, given);
  const issues = rest.inner.filter(({ at }) => at[0] === part.id);
  const own = field.parts === undefined ? issues : [];
  const isMissing = part.required === true && (value === '' || value === undefined);
  const wrong =
    problem ??
    (own.length === 0
      ? null
      : isMissing
        ? words.isNeeded(part.title)
        : (own[0]!.issue.detail ?? own[0]!.issue.sentence));
  const described = [part.help && !isBare ? `${id}-help` : '', wrong === null ? '' : `${id}-error`];
  const label = isBare ? <Hidden>{part.title}</Hidden> : part.title;
  const isGroup = GROUPS.has(field.kind);
  return (
    <div className={styles.part}>
      {isGroup ? (
        <span className={styles.label} id={`${id}-label`}>
          {label}
        </span>
      ) : (
        <label className={styles.label} id={`${id}-label`} htmlFor={`${id}-control`}>
          {label}
        </label>
      )}
      <div className={styles.control}>
        {edit({
          field,
          value: shownValue(part, field, value),
          options: rest.options,
          columns: rest.columns,
          table: rest.table,
          inner: issues.map(({ at, issue }) => ({ at: at.slice(1), issue })),
          ids: {
            control: `${id}-control`,
            label: `${id}-label`,
            describedBy: described.filter(Boolean).join(' ') || undefined,
            isWrong: wrong !== null,
          },
          onProblem: setProblem,
          onChange: (next, change = '') => {
            setProblem(null);
            const plain = field.kind !== part.kind && next !== null ? next === 'true' : next;
            const isLeftOut =
              plain === null
                ? !part.nullable
                : plain === '' && !part.required && part.kind === 'text';
            onSet(isLeftOut ? undefined : plain, `${part.id} ${change}`);
          },
        })}
        {wrong === null ? null : (
          <p className={form.error} id={`${id}-error`}>
            <Icon name="warning" />
            <span>{wrong}</span>
          </p>
        )}
        {part.help === '' || isBare ? null : (
          <p className={form.help} id={`${id}-help`}>
            {part.help}
          </p>
        )}
      </div>
    </div>
  );
}

/** A part that may be left out says so: a switch then has three positions. */
function asEdited(part: OptionField): OptionField {
  if (part.required || part.default !== undefined) return part;
  const { on, off } = formWords;
  if (part.kind === 'switch')
    return {
      ...part,
      kind: 'choice',
      nullable: true,
      choices: [
        { value: 'true', label: on },
        { value: 'false', label: off },
      ],
    };
  return ['choice', 'integer', 'number'].includes(part.kind) ? { ...part, nullable: true } : part;
}

/** What an editor shows where nothing is given: nothing for text, else that it is not set. */
function shownValue(part: OptionField, field: OptionField, value: unknown): unknown {
  if (value === undefined || value === null) return /^(text|formula)$/.test(field.kind) ? '' : null;
  return field.kind === part.kind ? value : String(value);
}

/** Groups of controls have no one control that a label could be for. */
const GROUPS = new Set(['columns', 'colors', 'list-or-text', 'list', 'map', 'objects', 'object']);
