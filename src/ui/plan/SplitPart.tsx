// How the export is cut into files: by rows, by packed size, by the values or dates of columns; and the list of what came out.
import type { DatePart, SplitColumn, SplitConfig } from '../../contract/config.ts';
import type { CheckIssue, CheckResult } from '../../contract/verbs.ts';
import { outputOf } from '../plan-parts.ts';
import { Field } from '../form/Field.tsx';
import { OptionRow } from '../form/OptionRow.tsx';
import { issuesAt } from '../form/issues.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { CheckBox, Select } from '../kit/fields.tsx';
import { Segments } from '../kit/Segments.tsx';
import { deliveryWords } from './delivery-words.en.ts';
import { useDraft, useDraftActions } from '../session.tsx';
import { splitWords } from './split-words.en.ts';
import { StepPart } from './Step.tsx';
import styles from './plan.module.css';

const MEGABYTE = 1_000_000;
const PARTS: readonly DatePart[] = ['year', 'month', 'day', 'hour'];

interface Choice {
  name: string;
  nth: number;
  parts: readonly DatePart[];
}

/** The columns there are, each with what can be taken of it. */
function choicesOf(check: CheckResult | undefined): Choice[] {
  const seen = new Map<string, number>();
  return (check?.columns ?? []).map(({ name, type }) => {
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    const parts = type.startsWith('timestamp') ? PARTS : type === 'date' ? PARTS.slice(0, 3) : [];
    return { name, nth, parts };
  });
}

const keyOf = ({ name, nth = 0 }: SplitColumn): string => `${nth} ${name}`;

export default function SplitPart({
  check,
  issues,
}: {
  check: CheckResult | undefined;
  issues: readonly CheckIssue[];
}) {
  const words = deliveryWords;
  const output = useDraft((state) => outputOf(state.draft!.config));
  const { setOutput } = useDraftActions();
  const split: SplitConfig = output.split ?? {};
  const columns = split.columns ?? [];
  const choices = choicesOf(check);
  const set = (next: Partial<SplitConfig>) => {
    const whole = { ...split, ...next };
    for (const key of Object.keys(whole) as (keyof SplitConfig)[])
      if (whole[key] === undefined) delete whole[key];
    const { rows, bytes, columns: by } = whole;
    setOutput({ split: (rows ?? bytes ?? by) ? whole : null });
  };
  const setColumns = (next: SplitColumn[]) =>
    set(
      next.length > 0
        ? { columns: next }
        : { columns: undefined, layout: undefined, keepColumns: undefined, mostValues: undefined },
    );
  const layout = split.layout ?? 'hive';
  const free = choices.filter((choice) => !columns.some((each) => keyOf(each) === keyOf(choice)));
  const own = issuesAt(issues, 'outputs.0.split');
  return (
    <StepPart title={words.split}>
      <Field
        field={{
          ...words.splitRows,
          id: 'rows',
          kind: 'integer',
          default: null,
          min: 1,
          nullable: true,
        }}
        value={split.rows ?? null}
        reason={undefined}
        issues={columns.length > 0 ? [] : own}
        back={split.rows === undefined ? undefined : words.oneFile}
        onBack={() => set({ rows: undefined })}
        onChange={(rows) => set({ rows: rows === null ? undefined : Number(rows) })}
      />
      <Field
        field={{
          ...splitWords.bytes,
          id: 'bytes',
          kind: 'number',
          default: null,
          min: 0.0001,
          nullable: true,
        }}
        value={split.bytes === undefined ? null : split.bytes / MEGABYTE}
        reason={undefined}
        issues={[]}
        back={split.bytes === undefined ? undefined : splitWords.anySize}
        onBack={() => set({ bytes: undefined })}
        onChange={(size) =>
          set({ bytes: size === null ? undefined : Math.floor(Number(size) * MEGABYTE) })
        }
      />
      <OptionRow
        title={splitWords.columns}
        isGroup
        help={splitWords.columnsHelp}
        issues={columns.length > 0 ? own : []}
        {...(columns.length > 0 && { back: words.oneFile, onBack: () => setColumns([]) })}
      >
        {(ids) => (
          <div role="group" aria-labelledby={ids.label}>
            {columns.map((column, at) => {
              const choice = choices.find((each) => keyOf(each) === keyOf(column));
              const change = (next: SplitColumn) => setColumns(columns.with(at, next));
              return (
                <div key={keyOf(column)} className={styles.row}>
                  <b>{column.name}</b>
                  {choice && choice.parts.length > 0 ? (
                    <Select
                      aria-label={splitWords.part(column.name)}
                      value={column.part ?? ''}
                      onChange={({ currentTarget: { value } }) => {
                        const { part: _, ...rest } = column;
                        change(value === '' ? rest : { ...rest, part: value as DatePart });
                      }}
                    >
                      <option value="">{splitWords.whole}</option>
                      {choice.parts.map((part) => (
                        <option key={part} value={part}>
                          {splitWords.parts[part]}
                        </option>
                      ))}
                    </Select>
                  ) : null}
                  <Button
                    look="icon"
                    aria-label={splitWords.remove(column.name)}
                    onClick={() => setColumns(columns.filter((each) => each !== column))}
                  >
                    <Icon name="close" />
                  </Button>
                </div>
              );
            })}
            {free.length > 0 ? (
              <Select
                aria-label={splitWords.add}
                value=""
                onChange={({ currentTarget: { value } }) => {
                  const chosen = free.find((each) => keyOf(each) === value);
                  if (!chosen) return;
                  const { name, nth, parts } = chosen;
                  setColumns([
                    ...columns,
                    {
                      name,
                      ...(nth > 0 && { nth }),
                      // Every instant of its own would be a file of its own.
                      ...(parts.length > 0 && { part: 'month' as const }),
                    },
                  ]);
                }}
              >
                <option value="">{splitWords.add}</option>
                {free.map((choice) => (
                  <option key={keyOf(choice)} value={keyOf(choice)}>
                    {choice.nth > 0 ? `${choice.name} (${choice.nth + 1})` : choice.name}
                  </option>
                ))}
              </Select>
            ) : null}
          </div>
        )}
      </OptionRow>
      {columns.length > 0 ? (
        <OptionRow title={splitWords.layout} isGroup help={splitWords.layoutHelp[layout]}>
          {(ids) => (
            <>
              <Segments
                aria-labelledby={ids.label}
                aria-describedby={ids.describedBy}
                segments={(['hive', 'folders', 'names'] as const).map((value) => ({
                  value,
                  label: splitWords[value],
                }))}
                value={layout}
                onChange={(next) =>
                  set({ layout: next === 'hive' ? undefined : next, keepColumns: undefined })
                }
              />
              <CheckBox
                label={splitWords.keep}
                checked={split.keepColumns ?? layout !== 'hive'}
                onChange={(event) => set({ keepColumns: event.currentTarget.checked })}
              />
            </>
          )}
        </OptionRow>
      ) : null}
      <OptionRow
        title={splitWords.manifestTitle}
        isGroup
        issues={issuesAt(issues, 'outputs.0.manifest')}
      >
        {(ids) => (
          <div role="group" aria-labelledby={ids.label}>
            <CheckBox
              label={splitWords.manifest}
              checked={output.manifest === true}
              onChange={(event) =>
                setOutput({ manifest: event.currentTarget.checked ? true : undefined })
              }
            />
          </div>
        )}
      </OptionRow>
    </StepPart>
  );
}
