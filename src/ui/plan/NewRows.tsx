// Only rows that were added since the last run: the column that tells them, how far the last run came, and the way back to the start.
import { formatMoment, formatWhen } from '../format-when.ts';
import type { Inspection } from '../../contract/verbs.ts';
import { isSameColumn } from '../column-edits.ts';
import { sourceOf } from '../plan-parts.ts';
import { OptionRow } from '../form/OptionRow.tsx';
import { useCommands } from '../commands.tsx';
import { Button } from '../kit/Button.tsx';
import { Select } from '../kit/fields.tsx';
import { newRowsWords as words } from './new-rows-words.en.ts';
import { StepPart } from './Step.tsx';
import { useDraft, useDraftActions, useSession } from '../session.tsx';
import styles from './plan.module.css';

/** Types whose values do not follow one another. */
const UNORDERED = /^(?:list|struct|map|json|binary|bool|null|dictionary)/;
const NONE = -1;

export default function NewRows({ inspection }: { inspection: Inspection }) {
  const { store } = useSession();
  const source = useDraft((state) => sourceOf(state.draft!.config));
  const template = useDraft((state) => state.draft!.template ?? null);
  const { setSource, moveWatermarks } = useDraftActions();
  const commands = useCommands();
  // The watermark stands before the edits: by the source's own names.
  const columns = inspection.columns.map(({ name, nth, edited, type }) => ({
    ref: edited ?? { name, nth },
    label: nth > 0 ? `${name} (${nth + 1})` : name,
    isOrdered: !UNORDERED.test(type),
  }));
  const { watermark } = source;
  const chosen = watermark
    ? columns.findIndex(({ ref }) => isSameColumn(ref, watermark.column))
    : NONE;
  if (!columns.some(({ isOrdered }) => isOrdered) && watermark === undefined) return null;
  const last =
    watermark &&
    template?.watermarks.find(
      ({ sourceId, column }) => sourceId === source.id && isSameColumn(column, watermark.column),
    );
  const reset = async () => {
    if (template === null || store === null) return;
    const watermarks = await store.templates.moveWatermarks(template.id, []);
    moveWatermarks({ id: template.id, watermarks });
  };
  const says =
    watermark === undefined
      ? words.all
      : last
        ? words.since(formatWhen(last.at), chosen < 0 ? '' : columns[chosen]!.label, last.value)
        : words.first;
  return (
    <StepPart
      title={words.title}
      says={says}
      {...(last && {
        action: (
          <Button look="link" title={formatMoment(last.at)} onClick={() => void reset()}>
            {words.reset}
          </Button>
        ),
      })}
    >
      <OptionRow title={words.column} help={watermark === undefined ? undefined : words.help}>
        {(ids) => (
          <Select
            id={ids.control}
            aria-describedby={ids.describedBy}
            value={chosen}
            onChange={(event) => {
              const column = columns[Number(event.currentTarget.value)]?.ref;
              setSource({
                watermark: column && {
                  column: column.nth === 0 ? { name: column.name } : column,
                },
              });
            }}
          >
            <option value={NONE}>{words.allRows}</option>
            {columns.map(({ label, isOrdered }, i) =>
              isOrdered ? (
                <option key={i} value={i}>
                  {label}
                </option>
              ) : null,
            )}
          </Select>
        )}
      </OptionRow>
      {watermark !== undefined && template === null ? (
        <p className={styles.newRowsNote} role="status">
          {store === null ? words.notKept : words.noTemplate}{' '}
          {store === null ? null : (
            <Button look="link" onClick={() => commands?.run('saveTemplate')}>
              {words.save}
            </Button>
          )}
        </p>
      ) : null}
    </StepPart>
  );
}
