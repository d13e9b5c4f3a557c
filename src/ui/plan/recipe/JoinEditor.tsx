// Looks rows up in other data: which data, which columns must be equal, which rows and columns come out.
import { useRef } from 'react';
import type { ColumnRef } from '../../../contract/filter.ts';
import { OptionRow } from '../../form/OptionRow.tsx';
import { Button } from '../../kit/Button.tsx';
import { Icon } from '../../kit/Icon.tsx';
import { Segments } from '../../kit/Segments.tsx';
import { useDraftActions } from '../../session.tsx';
import { typeWord } from '../../preview/TypeName.tsx';
import { ColumnSelect, ColumnTags, refsOfColumns, typeOfRef } from './ColumnSelect.tsx';
import { OtherDataPart } from './OtherDataPart.tsx';
import { RestForm } from './RestForm.tsx';
import type { StepEditorProps } from './editor-props.ts';
import { canBeEqual, clashesOf, joinWith, type KeyPair } from './join-proposal.ts';
import { recipeWords } from './messages.en.ts';
import { pairsOf, refsOf, refText, textOf } from './option-values.ts';
import { useOtherData, useTakeOther, type OtherData } from './other-columns.ts';
import styles from './recipe.module.css';

const words = recipeWords.join;

export function JoinEditor(props: StepEditorProps) {
  const { step, columns } = props;
  const { options } = step;
  const other = useOtherData(textOf(options['with']) || null);
  const take = useTakeOther(step.id, (id, found) => joinWith(options, columns, found, id));
  const clashes = other === null ? [] : clashesOf(options, columns, other.columns);
  // Without a clash a suffix does nothing.
  const named = ['many', 'prefix', ...(clashes.length > 0 ? ['suffix'] : [])];
  const isTest = options['kind'] === 'semi' || options['kind'] === 'anti';
  return (
    <>
      <OtherDataPart other={other} title={words.with} none={words.none} onTake={take} />
      {other === null ? null : (
        <>
          <Keys {...props} other={other} />
          <RestForm {...props} issues={[]} only={['kind']} />
          {isTest ? null : (
            <>
              <Taken {...props} other={other} />
              <RestForm {...props} issues={[]} only={named} />
            </>
          )}
        </>
      )}
    </>
  );
}

/** Pairs of columns whose values must be equal. */
function Keys(props: StepEditorProps & { other: OtherData }) {
  const { step, columns, other, onChange } = props;
  const box = useRef<HTMLDivElement>(null);
  if (typeof step.options['on'] === 'string') return <RestForm {...props} only={['on']} />;
  const pairs = pairsOf(step.options['on']);
  const set = (next: readonly Partial<Nullable<KeyPair>>[]) =>
    onChange({ ...step.options, on: next });
  const [left] = refsOfColumns(columns);
  const [right] = refsOfColumns(other.columns);
  return (
    <OptionRow title={words.keys} help={words.keysHelp} isGroup issues={props.issues}>
      {() => (
        <div ref={box}>
          {pairs.map((pair, i) => (
            <div key={i} role="group" aria-label={words.pair(i + 1)}>
              <div className={styles.pair}>
                <ColumnSelect
                  columns={columns}
                  value={pair.left}
                  aria-label={words.own(i + 1)}
                  onChange={(ref) => set(pairs.with(i, { ...pair, left: ref }))}
                />
                <span aria-hidden="true">=</span>
                <ColumnSelect
                  columns={other.columns}
                  value={pair.right}
                  aria-label={words.others(i + 1, other.id)}
                  onChange={(ref) => set(pairs.with(i, { ...pair, right: ref }))}
                />
                <Button
                  look="icon"
                  className={styles.small}
                  aria-label={words.removePair(i + 1)}
                  onClick={() => {
                    set(pairs.toSpliced(i, 1));
                    box.current?.querySelector<HTMLElement>('[data-add]')?.focus();
                  }}
                >
                  <Icon name="close" />
                </Button>
              </div>
              <Alike pair={pair} columns={columns} other={other} />
            </div>
          ))}
          <Button
            look="link"
            data-add
            disabled={left === undefined || right === undefined}
            onClick={() => set([...pairs, { left: left!, right: right! }])}
          >
            {words.add}
          </Button>
        </div>
      )}
    </OptionRow>
  );
}

type Nullable<T> = { [K in keyof T]: T[K] | null };

/** The way out where the columns of a pair cannot be compared: the other one is read in this one's type. */
function Alike({
  pair: { left, right },
  columns,
  other,
}: {
  pair: Nullable<KeyPair>;
  columns: StepEditorProps['columns'];
  other: OtherData;
}) {
  const { setOther } = useDraftActions();
  const type = typeOfRef(columns, left);
  const otherType = typeOfRef(other.columns, right);
  const { source } = other;
  if (!right || source === null || type === '' || otherType === '') return null;
  if (canBeEqual(type, otherType)) return null;
  const read = (ref: ColumnRef) => {
    const columnsBefore = (source.columns ?? []).filter(({ column }) => column.name !== ref.name);
    setOther(source.id, { columns: [...columnsBefore, { column: ref, type }] });
  };
  return (
    <p className={styles.alike}>
      {words.apart(typeWord(type), typeWord(otherType))}{' '}
      <Button look="link" onClick={() => read(right)}>
        {words.readAs(refText(right), typeWord(type))}
      </Button>
    </p>
  );
}

/** Which columns come from there. */
function Taken({ step, columns, other, onChange }: StepEditorProps & { other: OtherData }) {
  const given = step.options['columns'];
  const isChosen = Array.isArray(given);
  const set = (refs: readonly ColumnRef[] | null) => onChange({ ...step.options, columns: refs });
  const [prefix, suffix] = [textOf(step.options['prefix']), textOf(step.options['suffix'])];
  const clashes = clashesOf(step.options, columns, other.columns);
  const help =
    clashes.length === 0
      ? undefined
      : suffix === ''
        ? words.twice(clashes)
        : words.renamed(clashes[0]!, `${prefix}${clashes[0]!}${suffix}`, clashes.length - 1);
  return (
    <OptionRow title={words.taken} isGroup help={help}>
      {(ids) => (
        <>
          <Segments
            aria-labelledby={ids.label}
            segments={[
              { value: 'all', label: words.allTaken },
              { value: 'some', label: words.someTaken },
            ]}
            value={isChosen ? 'some' : 'all'}
            onChange={(next) => set(next === 'some' ? [] : null)}
          />
          {isChosen ? (
            <ColumnTags
              columns={other.columns}
              value={refsOf(given)}
              label={words.taken}
              onChange={set}
            />
          ) : null}
        </>
      )}
    </OptionRow>
  );
}
