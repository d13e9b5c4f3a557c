// How the values of a column stand in the text: the pattern of dates, the signs of numbers, and the texts that mean null.
import { useId } from 'react';
import { Select, TextInput } from '../../kit/fields.tsx';
import { recipeWords } from './messages.en.ts';
import { listOf, objectOf, textOf, type Options } from './option-values.ts';
import { TextTags } from './TextTags.tsx';
import styles from './recipe.module.css';

const words = recipeWords.cast;
const TOKENS = ['cldr', 'moment', 'strftime'] as const;

export function Spelling({
  options,
  type,
  name,
  set,
}: {
  options: Options;
  /** Of the column, which tells what can be said of its values. */
  type: string;
  /** Of the column, as a person reads it. */
  name: string;
  set: (options: Options) => void;
}) {
  const numbers = objectOf(options['numbers']);
  const signs = `${textOf(numbers['decimalSign'])}${textOf(numbers['groupSign'])}`;
  const nullTexts = listOf(options['nullTexts']).map(String);
  const { numbers: _n, ...withoutNumbers } = options;
  const { nullTexts: _t, ...withoutNulls } = options;
  return (
    <div className={styles.params}>
      {/^(date|time)/.test(type) ? <Pattern options={options} name={name} set={set} /> : null}
      {/^(u?int|float|decimal)/.test(type) ? (
        <label>
          {words.signs}
          <Select
            aria-label={`${words.signs}, ${name}`}
            value={signs}
            onChange={(event) => {
              const [decimalSign, groupSign] = event.currentTarget.value;
              if (decimalSign === undefined) return set(withoutNumbers);
              const chosen = { decimalSign, ...(groupSign !== undefined && { groupSign }) };
              set({ ...options, numbers: chosen });
            }}
          >
            {words.signChoices.some(([value]) => value === signs) ? null : (
              <option value={signs}>{words.otherSigns(signs)}</option>
            )}
            {words.signChoices.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </label>
      ) : null}
      <TextTags
        texts={nullTexts}
        label={`${words.nulls}, ${name}`}
        title={words.nulls}
        addLabel={words.addNull(name)}
        removeLabel={(text) => words.removeNull(text, name)}
        placeholder={nullTexts.length === 0 ? words.nullsExample : words.another}
        set={(texts) =>
          set(texts.length === 0 ? withoutNulls : { ...options, nullTexts: [...texts] })
        }
      />
    </div>
  );
}

function Pattern({
  options,
  name,
  set,
}: {
  options: Options;
  name: string;
  set: (options: Options) => void;
}) {
  const pattern = objectOf(options['pattern']);
  const { pattern: _p, ...withoutPattern } = options;
  const tokens = textOf(pattern['tokens']) || 'cldr';
  const text = textOf(pattern['text']);
  const id = useId();
  return (
    <>
      <datalist id={`${id}-patterns`}>
        {tokens === 'cldr'
          ? words.patterns.map((each) => <option key={each}>{each}</option>)
          : null}
      </datalist>
      <label>
        {words.pattern}
        <TextInput
          isMono
          className={styles.pattern}
          aria-label={`${words.pattern}, ${name}`}
          placeholder={words.iso}
          list={`${id}-patterns`}
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
  );
}
