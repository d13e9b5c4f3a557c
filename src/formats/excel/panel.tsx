// The forms for charts and pivot tables: columns are picked, not typed; and for images.
import { type ReactNode, useId, useState } from 'react';
import { CHART_GROUPINGS, CHART_KINDS, COMBINES, LEGEND_PLACES } from './chart/model.ts';
import { ImagesForm } from './image/images-form.tsx';
import { DataLine, Head, type Kit, Line } from './panel-lines.tsx';
import {
  type ColumnRef,
  columnsOf,
  type Given,
  isNumber,
  listOf,
  newChart,
  newPivot,
  type PanelColumn,
  placeOf,
  refsOf,
  valueOf,
  withOptions,
} from './panel-model.ts';
import { AddColumn, ColumnChoice } from './panel-pickers.tsx';
import {
  COMBINE_WORDS,
  FUNCTION_WORDS,
  GROUPING_WORDS,
  KIND_WORDS,
  LAYOUT_WORDS,
  LEGEND_WORDS,
  PANEL_WORDS,
} from './panel-words.ts';
import { PIVOT_FUNCTIONS, PIVOT_LAYOUTS } from './pivot/model.ts';
import styles from './panel.module.css';

interface PanelProps {
  option: string;
  value: unknown;
  onChange: (value: unknown) => void;
  columns: readonly PanelColumn[];
  labelledBy: string;
  Kit: Kit;
}

export default function ExcelPanel(props: PanelProps) {
  const { option, value, onChange, columns, labelledBy, Kit } = props;
  const { Button, Icon } = Kit;
  if (option === 'images') return <ImagesForm {...props} />;
  const isCharts = option === 'charts';
  const list = listOf(value);
  const fresh = isCharts ? newChart(columns) : newPivot(columns);
  const Form = isCharts ? ChartForm : PivotForm;
  const none = columns.length === 0 ? PANEL_WORDS.noColumns : PANEL_WORDS.noNumbers;
  return (
    <div role="group" aria-labelledby={labelledBy}>
      {list.map((given, i) => (
        // They may be alike, so their place is what tells them apart.
        <Form
          key={i}
          given={given}
          name={isCharts ? PANEL_WORDS.chart(i + 1) : PANEL_WORDS.pivot(i + 1)}
          columns={columns}
          Kit={Kit}
          onChange={(next) => onChange(list.with(i, next))}
          onRemove={() => onChange(list.toSpliced(i, 1))}
        />
      ))}
      <Button disabled={fresh === null} onClick={() => onChange([...list, fresh])}>
        <Icon name="plus" />
        {isCharts ? PANEL_WORDS.addChart : PANEL_WORDS.addPivot}
      </Button>
      {fresh === null ? <p className={styles.note}>{none}</p> : null}
    </div>
  );
}

interface FormProps {
  given: Given;
  name: string;
  columns: readonly PanelColumn[];
  Kit: Kit;
  onChange: (given: Given) => void;
  onRemove: () => void;
}

function ChartForm({ given, name, columns, Kit, onChange, onRemove }: FormProps) {
  const { Select, TextInput, CheckBox } = Kit;
  const words = PANEL_WORDS;
  const patch = (changed: Given) => onChange(withOptions(given, changed));
  const kind = String(given['kind'] ?? 'column');
  const own = columnsOf(columns, given['dataset']);
  const values = refsOf(given['values']).map(valueOf);
  const isPie = kind === 'pie';
  const sheet = String(given['sheet'] ?? '');
  const pickers = { columns: own, whole: name, Kit };
  /** What can be said of a column of values. */
  const marks = [
    ...(kind === 'combined' ? ([['line', words.asLine]] as const) : []),
    ...(values.length > 1 && !isPie && kind !== 'bar'
      ? ([['secondAxis', words.secondAxis]] as const)
      : []),
  ];
  return (
    <div role="group" aria-label={name} className={styles.one}>
      <Head name={name} Kit={Kit} onRemove={onRemove}>
        <Choice
          label={words.of(words.kind, name)}
          value={kind}
          choices={CHART_KINDS}
          words={KIND_WORDS}
          Kit={Kit}
          onChange={(next) =>
            patch({ kind: next, ...(next === 'scatter' && { combine: undefined }) })
          }
        />
      </Head>
      <Line label={words.title}>
        <TextInput
          aria-label={words.of(words.title, name)}
          value={String(given['title'] ?? '')}
          placeholder={words.noTitle}
          onChange={({ currentTarget }) => patch({ title: currentTarget.value || undefined })}
        />
      </Line>
      <DataLine {...pickers} given={given} all={columns} onChange={onChange} />
      <Line label={kind === 'scatter' ? words.x : words.category}>
        <ColumnChoice
          {...pickers}
          label={words.category}
          value={given['category'] as ColumnRef | undefined}
          none={words.countFromOne}
          onChange={(category) =>
            patch({ category, ...(category === undefined && { combine: undefined }) })
          }
        />
      </Line>
      {kind === 'scatter' || given['category'] === undefined ? null : (
        <Line label={words.combine}>
          <Choice
            label={words.of(words.combine, name)}
            value={String(given['combine'] ?? 'none')}
            choices={COMBINES}
            words={COMBINE_WORDS}
            Kit={Kit}
            onChange={(combine) => patch({ combine })}
          />
        </Line>
      )}
      <Line label={words.values}>
        {values.map((one, i) => (
          <div className={styles.pick} key={i}>
            <ColumnChoice
              {...pickers}
              label={words.values}
              value={one.column}
              isFit={isNumber}
              onChange={(column) =>
                patch({ values: values.with(i, { ...one, column: column! }).map(shortValue) })
              }
              {...(values.length > 1 && {
                onRemove: () => patch({ values: values.toSpliced(i, 1).map(shortValue) }),
              })}
            />
            {marks.map(([option, label]) => (
              <CheckBox
                key={option}
                label={label}
                checked={one[option] === true}
                onChange={({ currentTarget }) => {
                  const marked = withOptions(one, { [option]: currentTarget.checked || undefined });
                  patch({ values: values.with(i, valueOf(marked)).map(shortValue) });
                }}
              />
            ))}
          </div>
        ))}
        {isPie ? null : (
          <AddColumn
            {...pickers}
            label={words.addValue}
            isFit={isNumber}
            onAdd={(column) => patch({ values: [...values, { column }].map(shortValue) })}
          />
        )}
      </Line>
      <More>
        {isPie || kind === 'scatter' ? null : (
          <Line label={words.grouping}>
            <Choice
              label={words.of(words.grouping, name)}
              value={String(given['grouping'] ?? 'clustered')}
              choices={CHART_GROUPINGS}
              words={GROUPING_WORDS}
              Kit={Kit}
              onChange={(grouping) => patch({ grouping })}
            />
          </Line>
        )}
        <Line label={words.legend}>
          <Select
            aria-label={words.of(words.legend, name)}
            value={String(given['legend'] ?? '')}
            onChange={({ currentTarget }) => patch({ legend: currentTarget.value || undefined })}
          >
            <option value="">{words.legendAsNeeded}</option>
            {LEGEND_PLACES.map((place) => (
              <option key={place} value={place}>
                {LEGEND_WORDS[place]}
              </option>
            ))}
          </Select>
        </Line>
        <Line label={words.place}>
          <Select
            aria-label={words.of(words.place, name)}
            value={sheet === '' ? '' : 'own'}
            onChange={({ currentTarget }) =>
              patch({ sheet: currentTarget.value === '' ? undefined : 'Charts' })
            }
          >
            <option value="">{words.beside}</option>
            <option value="own">{words.ownSheet}</option>
          </Select>
          {sheet === '' ? null : (
            <TextInput
              aria-label={words.of(words.sheet, name)}
              value={sheet}
              onChange={({ currentTarget }) => patch({ sheet: currentTarget.value || 'Charts' })}
            />
          )}
        </Line>
        <Line label="">
          <CheckBox
            label={words.labels}
            checked={given['labels'] === true}
            onChange={({ currentTarget }) => patch({ labels: currentTarget.checked || undefined })}
          />
        </Line>
      </More>
    </div>
  );
}

function PivotForm({ given, name, columns, Kit, onChange, onRemove }: FormProps) {
  const { TextInput, CheckBox } = Kit;
  const words = PANEL_WORDS;
  const patch = (changed: Given) => onChange(withOptions(given, changed));
  const own = columnsOf(columns, given['dataset']);
  const values = refsOf(given['values']).map(valueOf);
  const pickers = { columns: own, whole: name, Kit };
  const fields = (option: 'rows' | 'columns' | 'filters') => {
    const list = refsOf(given[option]);
    return (
      <Line label={words[option]}>
        {list.map((ref, i) => (
          <div className={styles.pick} key={i}>
            <ColumnChoice
              {...pickers}
              label={words[option]}
              value={ref}
              onChange={(column) => patch({ [option]: list.with(i, column!) })}
              onRemove={() => patch({ [option]: list.toSpliced(i, 1) })}
            />
          </div>
        ))}
        <AddColumn
          {...pickers}
          label={words.add}
          forWhat={words[option]}
          onAdd={(column) => patch({ [option]: [...list, column] })}
        />
      </Line>
    );
  };
  return (
    <div role="group" aria-label={name} className={styles.one}>
      <Head name={name} Kit={Kit} onRemove={onRemove}>
        <TextInput
          aria-label={words.of(words.sheet, name)}
          value={String(given['sheet'] ?? 'Pivot')}
          onChange={({ currentTarget }) => patch({ sheet: currentTarget.value })}
        />
      </Head>
      <DataLine {...pickers} given={given} all={columns} onChange={onChange} />
      {fields('rows')}
      {fields('columns')}
      <Line label={words.values}>
        {values.map((one, i) => (
          <div className={styles.pick} key={i}>
            <Choice
              label={words.of(words.function, name)}
              value={String(one['function'] ?? 'sum')}
              choices={PIVOT_FUNCTIONS}
              words={FUNCTION_WORDS}
              Kit={Kit}
              onChange={(next) => patch({ values: values.with(i, { ...one, function: next }) })}
            />
            <ColumnChoice
              {...pickers}
              label={words.values}
              value={one.column}
              isFit={one['function'] === 'count' ? undefined : isNumber}
              onChange={(column) => patch({ values: values.with(i, { ...one, column: column! }) })}
              {...(values.length > 1 && {
                onRemove: () => patch({ values: values.toSpliced(i, 1) }),
              })}
            />
          </div>
        ))}
        <AddColumn
          {...pickers}
          label={words.addValue}
          onAdd={(column) => {
            const isMeasured = isNumber(own[placeOf(own, column)]!);
            patch({ values: [...values, { column, function: isMeasured ? 'sum' : 'count' }] });
          }}
        />
      </Line>
      <More>
        {fields('filters')}
        <Line label={words.layout}>
          <Choice
            label={words.of(words.layout, name)}
            value={String(given['layout'] ?? 'compact')}
            choices={PIVOT_LAYOUTS}
            words={LAYOUT_WORDS}
            Kit={Kit}
            onChange={(layout) => patch({ layout })}
          />
          <CheckBox
            label={words.subtotals}
            checked={given['subtotals'] !== false}
            onChange={({ currentTarget }) =>
              patch({ subtotals: currentTarget.checked ? undefined : false })
            }
          />
        </Line>
      </More>
    </div>
  );
}

/** A column alone, where nothing more is said of it. */
function shortValue(value: Given & { column: ColumnRef }): unknown {
  return Object.keys(value).length === 1 ? value.column : value;
}

/** What few need. */
function More({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button
        type="button"
        className={styles.more}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {PANEL_WORDS.more}
      </button>
      <div id={id} hidden={!isOpen}>
        {isOpen ? children : null}
      </div>
    </>
  );
}

function Choice<V extends string>({
  label,
  value,
  choices,
  words,
  Kit: { Select },
  onChange,
}: {
  label: string;
  value: string;
  choices: readonly V[];
  words: Readonly<Record<V, string>>;
  Kit: Kit;
  onChange: (value: V) => void;
}) {
  return (
    <Select
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value as V)}
    >
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {words[choice]}
        </option>
      ))}
    </Select>
  );
}
