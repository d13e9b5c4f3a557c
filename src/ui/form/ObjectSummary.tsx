// An object of an option while it is closed: what it is in a few words, and what is wrong in it.
import type { ReactNode } from 'react';
import type { OptionField } from '../../contract/options.ts';
import { Icon } from '../kit/Icon.tsx';
import { columnChoices, nameOf, nthOf, placeOf, refsOf } from './column-choice.ts';
import { ColumnName } from './ColumnsEditor.tsx';
import type { InnerIssue, PartProps } from './editor-props.ts';
import { type Given, partValue, shownParts } from './object-model.ts';
import { showValue } from './show-value.ts';
import { structuredWords as words } from './structured-words.en.ts';
import styles from './structured.module.css';
import form from './form.module.css';

/** What is wrong and is no part's alone. */
export function Wrong({ inner }: { inner: readonly InnerIssue[] }) {
  return inner.map(({ at, issue }) => (
    <p className={form.error} key={`${at.join('.')} ${issue.sentence}`}>
      <Icon name="warning" />
      <span>{issue.detail ?? issue.sentence}</span>
    </p>
  ));
}

/** The object in a few words: its kind, its columns, what else is set. */
export function Summary({
  parts,
  given,
  columns,
  table,
}: Pick<PartProps, 'columns' | 'table'> & { given: Given; parts: readonly OptionField[] }) {
  const said = shownParts(parts, given).flatMap((part): ReactNode[] => {
    const value = partValue(part, given);
    if (part.kind === 'color' && typeof value === 'string')
      return [
        <>
          <i
            className={styles.swatch}
            style={{ background: `#${value.replace('#', '')}` }}
            aria-hidden="true"
          />
          {part.title}
        </>,
      ];
    const isPlain = part.kind === 'switch' || /^(object|colors)/.test(part.kind);
    if (part.kind === 'switch' && value === true && part.default !== true) return [part.title];
    if (isPlain || part.advanced || value === undefined || value === null || value === '')
      return [];
    if (part.kind === 'column' || part.kind === 'columns') {
      const choices = columnChoices(columns, true, table);
      return refsOf(value).map((ref) => (
        <ColumnName
          key={`${nthOf(ref)} ${nameOf(ref)}`}
          at={
            choices.length === 0 ? { name: '', nth: 0, type: '' } : choices[placeOf(choices, ref)]
          }
          name={words.nth(nameOf(ref) || words.noName, nthOf(ref))}
        />
      ));
    }
    return [showValue(part, value)];
  });
  return said.length === 0
    ? words.asItIs
    : said.map((each, i) => (
        <span key={i} className={styles.said}>
          {each}
        </span>
      ));
}
