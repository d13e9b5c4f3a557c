// The type of each column, and how its values stand in the text.
import { Select, TextInput } from '../../kit/fields.tsx';
import { typeWord } from '../../preview/TypeName.tsx';
import { LinesEditor, type Line } from './LinesEditor.tsx';
import type { StepEditorProps } from './editor-props.ts';
import { recipeWords } from './messages.en.ts';
import { listOf, objectOf, textOf } from './option-values.ts';
import styles from './recipe.module.css';

const words = recipeWords.cast;
const TYPES = [
  'utf8',
  'int64',
  'float64',
  'decimal(18,2)',
  'bool',
  'date',
  'time(us)',
  'timestamp(us)',
  'timestamp(us, UTC)',
];
const TOKENS = ['cldr', 'moment', 'strftime'] as const;

export function CastEditor(props: StepEditorProps) {
  return (
    <LinesEditor
      {...props}
      first={(column, type) => ({ column, type: type === 'utf8' ? 'int64' : 'utf8' })}
      how={({ options, name, set }) => {
        const type = textOf(options['type']);
        return (
          <Select
            aria-label={words.typeOf(name)}
            value={type}
            onChange={(event) => {
              const { pattern: _p, numbers: _n, ...rest } = options;
              set({ ...rest, type: event.currentTarget.value });
            }}
          >
            {TYPES.includes(type) ? null : <option value={type}>{typeWord(type)}</option>}
            {TYPES.map((each) => (
              <option key={each} value={each}>
                {typeWord(each)}
              </option>
            ))}
          </Select>
        );
      }}
      more={(line) => <Spelling {...line} />}
    />
  );
}

function Spelling({ options, name, set }: Line) {
  const type = textOf(options['type']);
  const pattern = objectOf(options['pattern']);
  const numbers = objectOf(options['numbers']);
  const { pattern: _p, ...withoutPattern } = options;
  const { numbers: _n, ...withoutNumbers } = options;
  const { nullTexts: _t, ...withoutNulls } = options;
  const tokens = textOf(pattern['tokens']) || 'cldr';
  const text = textOf(pattern['text']);
  return (
    <div className={styles.params}>
      {/^(date|time)/.test(type) ? (
        <>
          <label>
            {words.pattern}
            <TextInput
              isMono
              className={styles.pattern}
              aria-label={`${words.pattern}, ${name}`}
              placeholder={words.iso}
              value={text}
              onChange={(event) => {
                const next = event.currentTarget.value;
                set(next === '' ? withoutPattern : { ...options, pattern: { text: next, tokens } });
              }}
            />
          </label>
          {text === '' ? null : (
            <Select
              aria-label={words.tokensOf(name)}
              value={tokens}
              onChange={(event) =>
                set({ ...options, pattern: { text, tokens: event.currentTarget.value } })
              }
            >
              {TOKENS.map((each) => (
                <option key={each} value={each}>
                  {words.tokens[each]}
                </option>
              ))}
            </Select>
          )}
        </>
      ) : null}
      {/^(int|uint|float|decimal)/.test(type) ? (
        <label>
          {words.signs}
          <Select
            aria-label={`${words.signs}, ${name}`}
            value={`${textOf(numbers['decimalSign'])}${textOf(numbers['groupSign'])}`}
            onChange={(event) => {
              const [decimalSign, groupSign] = event.currentTarget.value;
              set(
                decimalSign === undefined
                  ? withoutNumbers
                  : {
                      ...options,
                      numbers: { decimalSign, ...(groupSign !== undefined && { groupSign }) },
                    },
              );
            }}
          >
            {words.signChoices.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </label>
      ) : null}
      <label>
        {words.nulls}
        <TextInput
          aria-label={`${words.nulls}, ${name}`}
          placeholder={words.nullsExample}
          defaultValue={listOf(options['nullTexts']).join(', ')}
          onBlur={(event) => {
            const nullTexts = event.currentTarget.value
              .split(',')
              .map((each) => each.trim())
              .filter((each) => each !== '');
            set(nullTexts.length === 0 ? withoutNulls : { ...options, nullTexts });
          }}
        />
      </label>
    </div>
  );
}
