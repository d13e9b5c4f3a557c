// The options of a step that name columns, as menus of the columns that come to it.
import { OptionRow } from '../../form/OptionRow.tsx';
import { Segments } from '../../kit/Segments.tsx';
import { ColumnSelect, ColumnTags } from './ColumnSelect.tsx';
import type { StepEditorProps } from './editor-props.ts';
import { recipeWords } from './messages.en.ts';
import { refOf, refsOf } from './option-values.ts';

const words = recipeWords.columns;

/** `many`: ids of options that are lists of columns; `one`: those that are a single column. */
export function ColumnFields({
  step,
  card,
  columns,
  onChange,
  one = [],
  many = [],
  accepts = () => true,
  unset = words.byItself,
  nothing,
}: StepEditorProps & {
  one?: readonly string[];
  many?: readonly string[];
  /** Whether a column of this type may be chosen. */
  accepts?: (type: string) => boolean;
  /** What is taken where no columns are named. */
  unset?: string;
  /** Said where no column may be chosen. */
  nothing?: string;
}) {
  const isNone = !columns.some(({ type }) => accepts(type));
  const set = (id: string, value: unknown) => onChange({ ...step.options, [id]: value });
  return card.options.map((field) => {
    const value = step.options[field.id];
    if (one.includes(field.id))
      return (
        <OptionRow
          key={field.id}
          title={field.title}
          help={isNone && nothing !== undefined ? nothing : field.help}
        >
          {(ids) => (
            <ColumnSelect
              id={ids.control}
              aria-describedby={ids.describedBy}
              columns={columns}
              value={refOf(value)}
              accepts={accepts}
              onChange={(ref) => set(field.id, ref)}
            />
          )}
        </OptionRow>
      );
    if (!many.includes(field.id)) return null;
    const isOpen = Array.isArray(value) || !field.nullable;
    return (
      <OptionRow
        key={field.id}
        title={field.title}
        help={isNone && nothing !== undefined ? nothing : field.help}
        isGroup
      >
        {(ids) => (
          <>
            {field.nullable ? (
              <Segments
                aria-labelledby={ids.label}
                aria-describedby={ids.describedBy}
                segments={[
                  { value: 'none', label: unset },
                  { value: 'some', label: words.these },
                ]}
                value={isOpen ? 'some' : 'none'}
                onChange={(next) => set(field.id, next === 'some' ? [] : null)}
              />
            ) : null}
            {isOpen ? (
              <ColumnTags
                columns={columns}
                value={refsOf(value)}
                label={field.title}
                accepts={accepts}
                onChange={(refs) => set(field.id, refs)}
              />
            ) : null}
          </>
        )}
      </OptionRow>
    );
  });
}
