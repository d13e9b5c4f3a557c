// How values of single columns are written: each column with what its type has to choose from.
import { useEffect, useId, useRef, type ReactNode } from 'react';
import type { ColumnFormat } from '../../contract/value-format.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Select, TextInput } from '../kit/fields.tsx';
import { ZoneSelect } from '../plan/ZoneSelect.tsx';
import { hueOf } from '../preview/TypeName.tsx';
import { useCheck } from '../queries.ts';
import { formWords } from './form-words.en.ts';
import { dataWords } from '../plan/data-words.en.ts';
import { columnFormatWords as words } from './column-formats-words.en.ts';
import type { EditorProps } from './editor-props.ts';
import styles from './column-formats.module.css';

type Given = Omit<ColumnFormat, 'column'> & { column: string | ColumnFormat['column'] };
type Kind = 'date' | 'time' | 'timestamp' | 'number' | 'bool' | 'other';
type Column = { name: string; nth: number; type: string; kind: Kind };

const TOKENS = ['cldr', 'moment', 'strftime'] as const;
const ALIGNS = ['left', 'right', 'center'] as const;

function kindOf(type: string): Kind {
  const name = type.replace(/^dictionary<(.*)>$/, '$1');
  if (/^timestamp/.test(name)) return 'timestamp';
  if (/^(date|time|bool)/.test(name)) return /^(date|time|bool)/.exec(name)![1] as Kind;
  return /^(u?int|float|decimal)/.test(name) ? 'number' : 'other';
}

const nameOf = ({ column }: Given): string => (typeof column === 'string' ? column : column.name);
const nthOf = ({ column }: Given): number => (typeof column === 'string' ? 0 : (column.nth ?? 0));
const shown = ({ name, nth }: { name: string; nth: number }): string =>
  (name === '' ? dataWords.noName : name) + (nth > 0 ? ` (${nth + 1})` : '');

/** The columns that the output has, with their numbers among equal names. */
function useColumns(): Column[] {
  const seen = new Map<string, number>();
  return (useCheck().data?.columns ?? []).map(({ name, type }) => {
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    return { name, nth, type, kind: kindOf(type) };
  });
}

export default function ColumnFormatsEditor({ field, value, options, ids, onChange }: EditorProps) {
  const columns = useColumns();
  const formats = (Array.isArray(value) ? value : []) as Given[];
  const chooser = useRef<HTMLSelectElement>(null);
  const isNew = useRef(formats.length === 0);
  // Whoever asked for the editor wants to choose a column.
  useEffect(() => {
    if (isNew.current) chooser.current?.focus();
  }, []);
  const { layout } = options;
  const hasWidths = layout === 'fixed' || layout === 'aligned';
  const isFormatted = (column: Column): boolean =>
    formats.some((format) => nameOf(format) === column.name && nthOf(format) === column.nth);
  const offered = columns.filter(
    (column) => (hasWidths || column.kind !== 'other') && !isFormatted(column),
  );
  return (
    <div role="group" aria-labelledby={ids.label} aria-describedby={ids.describedBy}>
      {formats.length === 0 ? null : (
        <ul className={styles.formats}>
          {formats.map((format, i) => (
            <Format
              key={`${nameOf(format)} ${nthOf(format)}`}
              format={format}
              column={columns.find(
                ({ name, nth }) => name === nameOf(format) && nth === nthOf(format),
              )}
              layout={hasWidths ? layout : null}
              set={(next) => onChange(formats.with(i, next))}
              remove={() => onChange(formats.filter((_, at) => at !== i))}
            />
          ))}
        </ul>
      )}
      {offered.length === 0 ? (
        formats.length === 0 && columns.length > 0 ? (
          <p className={styles.quiet}>{words.nothing}</p>
        ) : null
      ) : (
        <Select
          aria-label={words.addTo(field.title)}
          ref={chooser}
          value=""
          onChange={(event) => {
            const column = offered[Number(event.currentTarget.value)];
            if (column === undefined) return;
            const { name, nth } = column;
            onChange([...formats, { column: nth === 0 ? name : { name, nth } }]);
          }}
        >
          <option value="">{words.add}</option>
          {offered.map((column, i) => (
            <option key={i} value={i}>
              {shown(column)}
            </option>
          ))}
        </Select>
      )}
    </div>
  );
}

/** One part of a format with its label. */
function Part({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className={styles.part}>
      <span>{label}</span>
      {children}
    </label>
  );
}

interface PartProps {
  format: Given;
  name: string;
  /** Sets parts; undefined takes one out. */
  patch: (parts: Partial<Given>) => void;
}

function Format({
  format,
  column,
  layout,
  set,
  remove,
}: {
  format: Given;
  column: Column | undefined;
  /** `fixed`, `aligned`, or null where columns have no width. */
  layout: string | null;
  set: (format: Given) => void;
  remove: () => void;
}) {
  const name = shown({ name: nameOf(format), nth: nthOf(format) });
  const patch = (parts: Partial<Given>): void => {
    const kept = Object.entries({ ...format, ...parts }).filter(([, part]) => part !== undefined);
    set(Object.fromEntries(kept) as Given);
  };
  const props = { format, name, patch };
  const kind = column?.kind ?? 'other';
  return (
    <li className={styles.format}>
      <span className={`${styles.name} ${column ? hueOf(column.type) : ''}`}>
        <b>
          <bdi>{column === undefined ? words.missing(name) : name}</bdi>
        </b>
        {column === undefined ? null : <small>{column.type}</small>}
        <Button look="icon" aria-label={formWords.remove(name)} onClick={remove}>
          <Icon name="close" />
        </Button>
      </span>
      <div className={styles.parts}>
        {kind === 'number' ? <NumberParts {...props} /> : null}
        {kind === 'date' || kind === 'time' || kind === 'timestamp' ? (
          <TimeParts {...props} kind={kind} hasZone={column!.type.includes(',')} />
        ) : null}
        {kind === 'bool' ? <WordParts {...props} /> : null}
        {layout === null ? null : <PlaceParts {...props} hasWidth={layout === 'fixed'} />}
      </div>
    </li>
  );
}

function NumberParts({ format, name, patch }: PartProps) {
  const { decimals, decimalSign, groupSign = '' } = format;
  const signs = decimalSign === undefined ? '' : decimalSign + groupSign;
  const isListed = signs === '' || words.signChoices.some(([each]) => each === signs);
  return (
    <>
      <Part label={words.signs}>
        <Select
          aria-label={words.of(words.signs, name)}
          value={signs}
          onChange={(event) => {
            const [sign, group = ''] = event.currentTarget.value;
            patch({ decimalSign: sign, groupSign: sign === undefined ? undefined : group });
          }}
        >
          <option value="">{words.asForAll}</option>
          {isListed ? null : <option value={signs}>{words.otherSigns(signs)}</option>}
          {words.signChoices.map(([each, label]) => (
            <option key={each} value={each}>
              {label}
            </option>
          ))}
        </Select>
      </Part>
      <Part label={words.decimals}>
        <Count
          label={words.of(words.decimals, name)}
          value={decimals}
          most={30}
          onChange={(next) => patch({ decimals: next })}
        />
      </Part>
    </>
  );
}

/** A whole number, or nothing. */
function Count({
  label,
  value,
  least = 0,
  most,
  onChange,
}: {
  label: string;
  value: number | undefined;
  least?: number;
  most: number;
  onChange: (value: number | undefined) => void;
}) {
  return (
    <TextInput
      isNarrow
      inputMode="numeric"
      aria-label={label}
      placeholder={words.asForAll}
      value={value ?? ''}
      onChange={(event) => {
        const text = event.currentTarget.value.trim();
        if (text === '') onChange(undefined);
        else if (/^\d{1,5}$/.test(text)) onChange(Math.min(most, Math.max(least, Number(text))));
      }}
    />
  );
}

function TimeParts({
  format,
  name,
  patch,
  kind,
  hasZone,
}: PartProps & { kind: 'date' | 'time' | 'timestamp'; hasZone: boolean }) {
  const list = useId();
  const { pattern, zone } = format;
  const tokens = pattern?.tokens ?? 'cldr';
  return (
    <>
      <datalist id={list}>
        {tokens === 'cldr'
          ? words.patterns[kind].map((each) => <option key={each}>{each}</option>)
          : null}
      </datalist>
      <Part label={words.pattern}>
        <TextInput
          isMono
          className={styles.pattern}
          aria-label={words.of(words.pattern, name)}
          placeholder={words.asForAll}
          list={list}
          value={pattern?.text ?? ''}
          onChange={(event) => {
            const text = event.currentTarget.value;
            patch({ pattern: text === '' ? undefined : { text, tokens } });
          }}
        />
      </Part>
      {pattern === undefined ? null : (
        <Select
          aria-label={words.tokensOf(name)}
          value={tokens}
          onChange={(event) => {
            const next = TOKENS.find((each) => each === event.currentTarget.value)!;
            patch({ pattern: { text: pattern.text, tokens: next } });
          }}
        >
          {TOKENS.map((each) => (
            <option key={each} value={each}>
              {words.tokens[each]}
            </option>
          ))}
        </Select>
      )}
      {hasZone ? (
        <Part label={words.zone}>
          <ZoneSelect
            className={styles.zone}
            aria-label={words.of(words.zone, name)}
            usual={words.asForAll}
            value={zone ?? ''}
            onChange={(next) => patch({ zone: next === '' ? undefined : next })}
          />
        </Part>
      ) : null}
    </>
  );
}

function WordParts({ format, name, patch }: PartProps) {
  return (['trueText', 'falseText'] as const).map((part) => (
    <Part key={part} label={words[part]}>
      <TextInput
        aria-label={words.of(words[part], name)}
        placeholder={words.asForAll}
        value={format[part] ?? ''}
        onChange={(event) => patch({ [part]: event.currentTarget.value || undefined })}
      />
    </Part>
  ));
}

function PlaceParts({ format, name, patch, hasWidth }: PartProps & { hasWidth: boolean }) {
  return (
    <>
      {hasWidth ? (
        <Part label={words.width}>
          <Count
            label={words.of(words.width, name)}
            value={format.width}
            least={1}
            most={10_000}
            onChange={(width) => patch({ width })}
          />
        </Part>
      ) : null}
      <Part label={words.align}>
        <Select
          aria-label={words.of(words.align, name)}
          value={format.align ?? ''}
          onChange={(event) =>
            patch({ align: ALIGNS.find((each) => each === event.currentTarget.value) })
          }
        >
          <option value="">{words.asForAll}</option>
          {ALIGNS.map((each) => (
            <option key={each} value={each}>
              {words.aligns[each]}
            </option>
          ))}
        </Select>
      </Part>
    </>
  );
}
