// Texts of a column and what stands in their place.
import { Button } from '../../kit/Button.tsx';
import { Icon } from '../../kit/Icon.tsx';
import { Select, TextInput } from '../../kit/fields.tsx';
import { LinesEditor, type Line } from './LinesEditor.tsx';
import type { StepEditorProps } from './editor-props.ts';
import { recipeWords } from './messages.en.ts';
import { listOf, objectOf, textOf, type Options } from './option-values.ts';
import styles from './recipe.module.css';

const words = recipeWords.replace;

export function ReplaceEditor(props: StepEditorProps) {
  return (
    <LinesEditor
      {...props}
      first={(column) => ({ column, values: [] })}
      how={({ options, name, set }) => (
        <Select
          aria-label={words.otherOf(name)}
          value={textOf(options['other']) || 'keep'}
          onChange={(event) => set({ ...options, other: event.currentTarget.value })}
        >
          {(['keep', 'null', 'fail'] as const).map((each) => (
            <option key={each} value={each}>
              {words.others[each]}
            </option>
          ))}
        </Select>
      )}
      more={(line) => <Pairs {...line} />}
    />
  );
}

function Pairs({ options, name, set }: Line) {
  const given = options['values'];
  const pairs: Options[] = Array.isArray(given)
    ? listOf(given).map(objectOf)
    : Object.entries(objectOf(given)).map(([from, to]) => ({ from, to }));
  const change = (values: readonly Options[]) => set({ ...options, values });
  const changeAt = (at: number) => (pair: Options) => change(pairs.with(at, pair));
  return (
    <>
      {pairs.map((pair, i) => (
        <div key={i} className={styles.pair}>
          <End pair={pair} end="from" label={words.from(i + 1, name)} onChange={changeAt(i)} />
          <span aria-hidden="true">→</span>
          <End pair={pair} end="to" label={words.to(i + 1, name)} onChange={changeAt(i)} />
          <Button
            look="icon"
            className={styles.small}
            aria-label={words.removePair(i + 1, name)}
            onClick={() => change(pairs.toSpliced(i, 1))}
          >
            <Icon name="close" />
          </Button>
        </div>
      ))}
      <Button look="link" onClick={() => change([...pairs, { from: '', to: '' }])}>
        {words.add}
      </Button>
    </>
  );
}

function End({
  pair,
  end,
  label,
  onChange,
}: {
  pair: Options;
  end: 'from' | 'to';
  label: string;
  onChange: (pair: Options) => void;
}) {
  return (
    <TextInput
      aria-label={label}
      placeholder={pair[end] === null ? words.null : words.empty}
      value={textOf(pair[end])}
      onChange={(event) => onChange({ ...pair, [end]: event.currentTarget.value })}
    />
  );
}
