// One condition of the filter: column, operator, value by the column's type, the rows it passes, and the way to take it out.
import { useId } from 'react';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { dataWords } from './data-words.en.ts';
import { filterWords } from './filter-words.en.ts';
import { hueOf } from '../preview/TypeName.tsx';
import type { FilterColumns } from './filter-columns.ts';
import {
  canFold,
  operatorsFor,
  problemOf,
  valueCountOf,
  valueKindOf,
  withColumn,
  withOperator,
  type Condition,
  type Operator,
} from './filter-model.ts';
import type { Passing } from './passing.ts';
import { countText } from './rounded.ts';
import { ValueEditor } from './ValueEditor.tsx';
import styles from './filter.module.css';

/** Sources with more columns are searched by typing: a menu of thousands helps nobody. */
const MOST_LISTED = 200;

export function ConditionRow({
  condition,
  known,
  passing,
  onChange,
  onRemove,
}: {
  condition: Condition;
  known: FilterColumns;
  passing: Passing | undefined;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
}) {
  const words = filterWords;
  const id = useId();
  const place = known.placeOf(condition.column);
  const column = known.columns[place];
  const type = column?.type;
  const kind = valueKindOf(type ?? '');
  const name = condition.column.name || dataWords.noName;
  const problem = problemOf(condition, type);
  const isNew = problem?.kind === 'missing';
  const operators = operatorsFor(kind);
  const listed = operators.includes(condition.operator)
    ? operators
    : [condition.operator, ...operators];
  const count = valueCountOf(condition.operator);
  return (
    <div
      className={styles.condition}
      role="group"
      aria-label={words.conditionOn(name)}
      data-node={condition.key}
    >
      <div
        className={`${styles.three} ${count === 2 || count === 'list' || count === 'steps' ? styles.isWide : ''} ${count === 0 ? styles.isShort : ''} ${problem && !isNew ? styles.isWrong : ''}`}
      >
        <ColumnPicker
          known={known}
          place={place}
          name={name}
          onPick={(next) =>
            onChange(withColumn(condition, known.columns[next]!, known.refs[next]!, kind))
          }
        />
        <span className={styles.menu}>
          <select
            aria-label={words.operatorOf(name)}
            value={condition.operator}
            onChange={(event) =>
              onChange(withOperator(condition, event.currentTarget.value as Operator))
            }
          >
            {listed.map((operator) => (
              <option key={operator} value={operator}>
                {words.operators(operator, kind)}
              </option>
            ))}
          </select>
        </span>
        {count === 0 ? null : (
          <span className={styles.value}>
            <ValueEditor
              condition={condition}
              column={column}
              kind={kind}
              name={name}
              wrongAt={problem && !isNew ? problem.at : -1}
              describedBy={problem ? `${id}-problem` : undefined}
              onChange={(values) => onChange({ ...condition, values })}
            />
            {canFold(condition.operator, kind) ? (
              <>
                <button
                  type="button"
                  className={styles.case}
                  aria-pressed={condition.ignoreCase}
                  aria-label={words.ignoreCaseOf(name)}
                  title={words.ignoreCase}
                  onClick={() => onChange({ ...condition, ignoreCase: !condition.ignoreCase })}
                >
                  Aa
                </button>
                <button
                  type="button"
                  className={styles.case}
                  aria-pressed={condition.ignoreAccents}
                  aria-label={words.ignoreAccentsOf(name)}
                  title={words.ignoreAccents}
                  onClick={() =>
                    onChange({ ...condition, ignoreAccents: !condition.ignoreAccents })
                  }
                >
                  Éé
                </button>
              </>
            ) : null}
          </span>
        )}
      </div>
      <span className={styles.passes} title={passing ? words.passesAlone : undefined}>
        {passing ? countText(passing.rows, passing.isExact) : ''}
      </span>
      <Button
        look="icon"
        className={styles.remove}
        aria-label={words.removeOf(name)}
        onClick={onRemove}
      >
        <Icon name="close" />
      </Button>
      {problem ? (
        <p id={`${id}-problem`} className={isNew ? styles.hint : styles.problem}>
          {problem.kind === 'no column'
            ? words.noColumn(name)
            : problem.kind === 'missing'
              ? words.missing
              : words.wrong(condition.values[problem.at] ?? '', count === 'steps' ? count : kind)}
        </p>
      ) : null}
    </div>
  );
}

function ColumnPicker({
  known,
  place,
  name,
  onPick,
}: {
  known: FilterColumns;
  place: number;
  name: string;
  onPick: (place: number) => void;
}) {
  const words = filterWords;
  const id = useId();
  const hue = hueOf(known.columns[place]?.type ?? '');
  const label = (at: number) => {
    const { name: own, nth } = known.columns[at]!;
    const shown = own === '' ? dataWords.noName : own;
    return known.refs[at]!.nth === undefined ? shown : `${shown} #${nth + 1}`;
  };
  if (known.columns.length > MOST_LISTED) {
    const shown = place < 0 ? name : label(place);
    return (
      <span className={`${styles.column} ${hue}`}>
        <input
          key={shown}
          aria-label={words.columnOf(name)}
          list={id}
          defaultValue={shown}
          onChange={(event) => {
            const text = event.currentTarget.value;
            const next = known.columns.findIndex((_, at) => label(at) === text);
            if (next >= 0) onPick(next);
          }}
        />
        <datalist id={id}>
          {known.columns.slice(0, MOST_LISTED).map((_, at) => (
            <option key={at}>{label(at)}</option>
          ))}
        </datalist>
      </span>
    );
  }
  return (
    <span className={`${styles.column} ${styles.menu} ${hue}`}>
      <select
        aria-label={words.columnOf(name)}
        value={place}
        onChange={(event) => onPick(Number(event.currentTarget.value))}
      >
        {place < 0 ? <option value={-1}>{name}</option> : null}
        {known.columns.map((_, at) => (
          <option key={at} value={at}>
            {label(at)}
          </option>
        ))}
      </select>
    </span>
  );
}
