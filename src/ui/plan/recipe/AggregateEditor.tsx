// Groups and measures, and the columns that they become.
import { useRef } from 'react';
import { TIME_STEPS } from '../../../contract/expression.ts';
import { MEASURE_OPS, type MeasureOp } from '../../../contract/measure.ts';
import { OptionRow } from '../../form/OptionRow.tsx';
import { Button } from '../../kit/Button.tsx';
import { Icon } from '../../kit/Icon.tsx';
import { Select, TextInput } from '../../kit/fields.tsx';
import { issuesAt, sentenceOf } from '../../form/issues.ts';
import { TypeName, isNumber } from '../../preview/TypeName.tsx';
import { ColumnSelect, refsOfColumns, typeOfRef } from './ColumnSelect.tsx';
import { RestForm } from './RestForm.tsx';
import { filterProblemOf } from '../read-filter.ts';
import { filterTextOf } from '../steps.ts';
import { ZoneSelect } from '../ZoneSelect.tsx';
import { useDraft } from '../../session.tsx';
import { useMadeColumns } from './arriving.ts';
import { STEP_OPTIONS, type StepEditorProps } from './editor-props.ts';
import { OF_NUMBERS, OF_PERCENT } from './measure-ops.ts';
import { recipeWords } from './messages.en.ts';
import { listOf, objectOf, refOf, refText, textOf, type Options } from './option-values.ts';
import styles from './recipe.module.css';

const words = recipeWords.aggregate;

export function AggregateEditor(props: StepEditorProps) {
  return (
    <>
      <Groups {...props} option="groups" title={words.groups} />
      <Measures {...props} />
      <Result {...props} />
      <Having {...props} />
      <RestForm {...props} without={['groups', 'measures', 'having']} />
    </>
  );
}

/** Columns by whose values rows become one. */
export function Groups(props: StepEditorProps & { option: string; title: string }) {
  const { step, columns, option, title, onChange } = props;
  const box = useRef<HTMLDivElement>(null);
  const given = step.options[option];
  if (typeof given === 'string') return <RestForm {...props} only={[option]} />;
  const groups = listOf(given).map((group): Options => {
    const object = objectOf(group);
    return 'column' in object ? object : { column: group };
  });
  const set = (next: readonly Options[]) => onChange({ ...step.options, [option]: next });
  const refs = refsOfColumns(columns);
  return (
    <OptionRow
      title={title}
      help={words.groupsHelp}
      isGroup
      issues={issuesAt(props.issues, `${STEP_OPTIONS}.${option}`)}
    >
      {() => (
        <div ref={box}>
          {groups.map((group, i) => (
            <GroupLine
              key={i}
              group={group}
              number={i + 1}
              columns={columns}
              onChange={(next) => set(groups.with(i, next))}
              onRemove={() => {
                set(groups.toSpliced(i, 1));
                box.current?.querySelector<HTMLElement>('[data-add]')?.focus();
              }}
            />
          ))}
          <Button
            look="link"
            data-add
            disabled={refs.length === 0}
            onClick={() => set([...groups, { column: refs[groups.length] ?? refs[0] }])}
          >
            {words.addGroup}
          </Button>
        </div>
      )}
    </OptionRow>
  );
}

/** What is said of each group. */
export function Measures(props: StepEditorProps) {
  const { step, columns, onChange } = props;
  const box = useRef<HTMLDivElement>(null);
  const given = step.options['measures'];
  if (typeof given === 'string') return <RestForm {...props} only={['measures']} />;
  const measures = listOf(given).map(objectOf);
  const set = (next: readonly Options[]) => onChange({ ...step.options, measures: next });
  const firstNumber = columns.findIndex(({ type }) => isNumber(type));
  return (
    <OptionRow
      title={words.measures}
      isGroup
      issues={issuesAt(props.issues, `${STEP_OPTIONS}.measures`)}
    >
      {() => (
        <div ref={box}>
          {measures.map((measure, i) => (
            <MeasureLine
              key={i}
              measure={measure}
              number={i + 1}
              columns={columns}
              onChange={(next) => set(measures.with(i, next))}
              onRemove={() => {
                set(measures.toSpliced(i, 1));
                box.current?.querySelector<HTMLElement>('[data-add]')?.focus();
              }}
            />
          ))}
          <Button
            look="link"
            data-add
            onClick={() =>
              set([
                ...measures,
                measures.length === 0 || firstNumber < 0
                  ? { op: 'count' }
                  : { op: 'sum', column: refsOfColumns(columns)[firstNumber] },
              ])
            }
          >
            {words.addMeasure}
          </Button>
        </div>
      )}
    </OptionRow>
  );
}

interface LineProps {
  number: number;
  columns: StepEditorProps['columns'];
  onChange: (next: Options) => void;
  onRemove: () => void;
}

function GroupLine({ group, number, columns, onChange, onRemove }: LineProps & { group: Options }) {
  const ref = refOf(group['column']);
  const name = ref === null ? words.groupOf(number) : refText(ref);
  const bucket = objectOf(group['bucket']);
  const unit = textOf(bucket['unit']);
  const count = Number(bucket['count'] ?? 1);
  const isTime = /^(date|timestamp)/.test(typeOfRef(columns, ref));
  const planZone = useDraft((state) => state.draft!.config.timeZone);
  const hasZone = /^timestamp\(.+,/.test(typeOfRef(columns, ref));
  const canBucket = isTime || unit !== '';
  const setUnit = (next: string) => {
    const { bucket: _, ...rest } = group;
    onChange(next === '' ? rest : { ...rest, bucket: { ...bucket, unit: next, count } });
  };
  return (
    <div className={styles.group}>
      <ColumnSelect
        columns={columns}
        value={ref}
        aria-label={words.groupOf(number)}
        onChange={(column) =>
          onChange({ ...(group['as'] !== undefined && { as: group['as'] }), column })
        }
      />
      {canBucket ? (
        <span className={styles.bucket}>
          {unit === '' ? null : (
            <TextInput
              isNarrow
              inputMode="numeric"
              aria-label={words.countOf(name)}
              value={String(count)}
              onChange={(event) => {
                const next = Number(event.currentTarget.value);
                if (Number.isSafeInteger(next) && next >= 1)
                  onChange({ ...group, bucket: { ...bucket, count: next } });
              }}
            />
          )}
          <Select
            aria-label={words.bucketOf(name)}
            value={unit}
            onChange={(event) => setUnit(event.currentTarget.value)}
          >
            <option value="">{words.asIs}</option>
            {TIME_STEPS.map((each) => (
              <option key={each} value={each}>
                {words.unit(each, count)}
              </option>
            ))}
          </Select>
          {unit === 'week' ? (
            <Select
              aria-label={words.weekStart}
              value={textOf(bucket['weekStart']) || 'monday'}
              onChange={(event) =>
                onChange({ ...group, bucket: { ...bucket, weekStart: event.currentTarget.value } })
              }
            >
              {Object.entries(words.weekStarts).map(([day, label]) => (
                <option key={day} value={day}>
                  {label}
                </option>
              ))}
            </Select>
          ) : null}
          {unit !== '' && hasZone ? (
            <ZoneSelect
              aria-label={words.zoneOf(name)}
              value={textOf(bucket['zone'])}
              usual={words.planZone(planZone)}
              onChange={(zone) => {
                const { zone: _, ...others } = bucket;
                onChange({ ...group, bucket: zone === '' ? others : { ...others, zone } });
              }}
            />
          ) : null}
        </span>
      ) : null}
      <Name line={group} what={name} onChange={onChange} />
      <Remove what={name} onRemove={onRemove} />
    </div>
  );
}

function MeasureLine({
  measure,
  number,
  columns,
  onChange,
  onRemove,
}: LineProps & { measure: Options }) {
  const op = textOf(measure['op']) || 'count';
  const ref = refOf(measure['column']);
  const what = `${words.ops[op as MeasureOp] ?? op}${ref === null ? '' : ` ${refText(ref)}`}`;
  const isOffered = MEASURE_OPS.some((each) => each === op);
  const setOp = (next: string) => {
    const { column, p: _, ...rest } = measure;
    const fits = ref !== null && (!OF_NUMBERS.has(next) || isNumber(typeOfRef(columns, ref)));
    const at = columns.findIndex(({ type }) => !OF_NUMBERS.has(next) || isNumber(type));
    const of = fits ? column : next === 'count' ? undefined : refsOfColumns(columns)[at];
    onChange({
      ...rest,
      op: next,
      ...(of !== undefined && { column: of }),
      ...(OF_PERCENT.has(next) && { p: 95 }),
    });
  };
  return (
    <div className={styles.group}>
      <span className={styles.bucket}>
        <Select
          aria-label={words.measureOf(number)}
          value={op}
          onChange={(event) => setOp(event.currentTarget.value)}
        >
          {isOffered ? null : <option value={op}>{words.ops[op as MeasureOp] ?? op}</option>}
          {MEASURE_OPS.map((each) => (
            <option key={each} value={each}>
              {words.ops[each]}
            </option>
          ))}
        </Select>
        {OF_PERCENT.has(op) ? (
          <TextInput
            isNarrow
            inputMode="decimal"
            aria-label={words.percentOf(number)}
            value={String(measure['p'] ?? '')}
            onChange={(event) => {
              const p = Number(event.currentTarget.value);
              if (p >= 0 && p <= 100) onChange({ ...measure, p });
            }}
          />
        ) : null}
      </span>
      <ColumnSelect
        columns={columns}
        value={ref}
        {...(op === 'count' && { none: words.rows })}
        accepts={(type) => !OF_NUMBERS.has(op) || isNumber(type)}
        aria-label={words.columnOf(number)}
        onChange={(column) => {
          const { column: _, ...rest } = measure;
          onChange(column === null ? rest : { ...rest, column });
        }}
      />
      <Name line={measure} what={what} onChange={onChange} />
      <Remove what={what} onRemove={onRemove} />
    </div>
  );
}

/** What the line's column is called; empty: by itself. */
function Name({
  line,
  what,
  onChange,
}: {
  line: Options;
  what: string;
  onChange: (next: Options) => void;
}) {
  return (
    <TextInput
      className={styles.as}
      aria-label={words.nameOf(what)}
      placeholder={words.name}
      value={textOf(line['as'])}
      onChange={(event) => {
        const { as: _, ...rest } = line;
        const as = event.currentTarget.value;
        onChange(as === '' ? rest : { ...rest, as });
      }}
    />
  );
}

function Remove({ what, onRemove }: { what: string; onRemove: () => void }) {
  return (
    <Button
      look="icon"
      className={styles.small}
      aria-label={recipeWords.remove(what)}
      onClick={onRemove}
    >
      <Icon name="close" />
    </Button>
  );
}

/** Which groups go on, as a filter's text. */
function Having({ step, card, onChange }: StepEditorProps) {
  const field = card.options.find(({ id }) => id === 'having');
  if (field === undefined) return null;
  const { having, ...others } = step.options;
  const text = filterTextOf({ where: having });
  const problem = filterProblemOf(text, null);
  return (
    <OptionRow
      title={field.title}
      help={field.help}
      problem={problem && `${sentenceOf(problem)} ${problem.hint}`}
    >
      {(ids) => (
        <TextInput
          isMono
          id={ids.control}
          aria-describedby={ids.describedBy}
          aria-invalid={ids.isWrong}
          value={text}
          onChange={(event) => {
            const next = event.currentTarget.value;
            onChange(next === '' ? others : { ...others, having: next });
          }}
        />
      )}
    </OptionRow>
  );
}

/** The columns behind the step, as the engine names and types them. */
export function Result({ step, place }: StepEditorProps) {
  const made = useMadeColumns(place + 1);
  if (made === null || !step.enabled) return null;
  return (
    <OptionRow title={words.result} isGroup>
      {() => (
        <ul className={styles.made} aria-label={words.result}>
          {made.map((column, i) => (
            <li key={i}>
              <bdi>{column.name || recipeWords.noName}</bdi> <TypeName type={column.type} isShort />
            </li>
          ))}
        </ul>
      )}
    </OptionRow>
  );
}
