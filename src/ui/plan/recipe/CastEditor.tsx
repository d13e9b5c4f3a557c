// The type of each column, and how its values stand in the text.
import { spellingFor } from '../../column-edits.ts';
import { Select } from '../../kit/fields.tsx';
import { typeWord } from '../../preview/TypeName.tsx';
import { LinesEditor } from './LinesEditor.tsx';
import type { StepEditorProps } from './editor-props.ts';
import { recipeWords } from './messages.en.ts';
import { textOf } from './option-values.ts';
import { Spelling } from './Spelling.tsx';
import { TYPES } from './types-offered.ts';

const words = recipeWords.cast;
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
              const { pattern, numbers, ...rest } = options;
              const next = event.currentTarget.value;
              set({ ...rest, type: next, ...spellingFor(next, { pattern, numbers }) });
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
      more={({ options, name, set }) => (
        <Spelling options={options} name={name} type={textOf(options['type'])} set={set} />
      )}
    />
  );
}
