// What hides the values of each column.
import type { PersonalKind } from '../../../contract/detect-personal.ts';
import { isSameColumn } from '../../column-edits.ts';
import { Button } from '../../kit/Button.tsx';
import { Select, TextInput } from '../../kit/fields.tsx';
import { OptionRow } from '../../form/OptionRow.tsx';
import { useDraft, useDraftActions } from '../../session.tsx';
import { refsOfColumns } from './ColumnSelect.tsx';
import { listOf, objectOf, refText, textOf, type Options } from './option-values.ts';
import { LinesEditor, type Line } from './LinesEditor.tsx';
import type { StepEditorProps } from './editor-props.ts';
import { recipeWords } from './messages.en.ts';
import styles from './recipe.module.css';

const words = recipeWords.mask;
type Method = keyof typeof words.methods;

/** Methods that a key belongs to. */
const KEYED = new Set(['hmac', 'pseudonym', 'shift']);

/** Numbers and texts that a method takes, each with what it is without being set. */
const PARAMS: Record<Method, readonly [id: keyof typeof words.params, usual: string | number][]> = {
  redact: [['text', '***']],
  partial: [
    ['first', 0],
    ['last', 0],
    ['character', '*'],
  ],
  hash: [['length', 64]],
  hmac: [['length', 64]],
  pseudonym: [
    ['prefix', 'P-'],
    ['digits', 12],
  ],
  shift: [['days', 30]],
  generalise: [],
};

/** What keeps rows apart for people and says little more; nothing that would need a key. */
const MASKED_AS: Record<PersonalKind, Options> = {
  email: { method: 'partial', first: 1 },
  phone: { method: 'partial', last: 2 },
  iban: { method: 'partial', first: 4, last: 2 },
  card: { method: 'partial', last: 4 },
  ip: { method: 'redact' },
};

export function MaskEditor(props: StepEditorProps) {
  const refs = refsOfColumns(props.columns);
  const personal = props.columns.flatMap(({ looksLike }, i) =>
    looksLike ? [{ ref: refs[i]!, kind: looksLike.kind }] : [],
  );
  const { setSecret } = useDraftActions();
  const secrets = useDraft((state) => state.draft!.secrets);
  const id = textOf(objectOf(props.step.options['key'])['secret']) || 'mask';
  const isKeyed = listOf(props.step.options['columns']).some((line) =>
    KEYED.has(textOf(objectOf(line)['method'])),
  );
  return (
    <>
      <LinesEditor
        {...props}
        without={['columns', 'key']}
        proposed={personal.map(({ ref }) => ref)}
        above={(add, isUsed) => {
          const open = personal.filter(({ ref }) => !isUsed(ref));
          if (open.length === 0) return null;
          const named = open.map(({ ref, kind }) =>
            words.personalColumn(refText(ref), words.kinds[kind]),
          );
          return (
            <p className={styles.personal}>
              {words.personal(named)}{' '}
              <Button
                look="link"
                onClick={() =>
                  add(open.map(({ ref, kind }) => ({ column: ref, ...MASKED_AS[kind] })))
                }
              >
                {words.maskThese(open.length)}
              </Button>
            </p>
          );
        }}
        first={(column) => {
          const found = personal.find(({ ref }) => isSameColumn(ref, column));
          return { column, ...(found ? MASKED_AS[found.kind] : { method: 'redact' }) };
        }}
        how={({ options, name, type, set }) => (
          <Select
            aria-label={words.methodOf(name)}
            value={String(options['method'])}
            onChange={(event) => {
              const method = event.currentTarget.value;
              const usual =
                method !== 'generalise' ? {} : isTime(type) ? { unit: 'month' } : { step: 10 };
              set({ column: options['column'], method, ...usual });
            }}
          >
            {(Object.keys(words.methods) as Method[]).map((method) => (
              <option key={method} value={method}>
                {words.methods[method]}
              </option>
            ))}
          </Select>
        )}
        more={(line) => <Params {...line} />}
      />
      {isKeyed ? (
        <OptionRow title={words.key} help={words.keyHelp}>
          {(ids) => (
            <TextInput
              id={ids.control}
              aria-describedby={ids.describedBy}
              type="password"
              value={secrets?.[id] ?? ''}
              onChange={(event) => setSecret(id, event.currentTarget.value)}
            />
          )}
        </OptionRow>
      ) : null}
    </>
  );
}

function Params({ options, name, set }: Line) {
  const method = options['method'] as Method;
  return (
    <div className={styles.params}>
      {(PARAMS[method] ?? []).map(([id, usual]) => (
        <label key={id}>
          {words.params[id]}
          <TextInput
            aria-label={`${words.params[id]}, ${name}`}
            inputMode={typeof usual === 'number' ? 'numeric' : 'text'}
            value={String(options[id] ?? usual)}
            onChange={(event) => {
              const text = event.currentTarget.value;
              const value = typeof usual === 'number' ? Number(text) : text;
              if (typeof value === 'string' || Number.isSafeInteger(value))
                set({ ...options, [id]: value });
            }}
          />
        </label>
      ))}
      {'unit' in options ? (
        <Select
          aria-label={words.unitOf(name)}
          value={String(options['unit'])}
          onChange={(event) => set({ ...options, unit: event.currentTarget.value })}
        >
          {(['week', 'month', 'quarter', 'year'] as const).map((unit) => (
            <option key={unit} value={unit}>
              {words.units[unit]}
            </option>
          ))}
        </Select>
      ) : 'step' in options ? (
        <label>
          {words.step}
          <TextInput
            aria-label={`${words.step}, ${name}`}
            inputMode="decimal"
            value={String(options['step'])}
            onChange={(event) => {
              const step = Number(event.currentTarget.value);
              if (step > 0) set({ ...options, step });
            }}
          />
        </label>
      ) : null}
      {KEYED.has(method) ? <span>{words.keyed}</span> : null}
    </div>
  );
}

function isTime(type: string): boolean {
  return /^(date|timestamp)/.test(type);
}
