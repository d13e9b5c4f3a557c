// Columns picked in the forms of the excel format.
import type { Kit } from './panel-lines.tsx';
import {
  type ColumnRef,
  labelOf,
  nameOf,
  type PanelColumn,
  placeOf,
  refOf,
} from './panel-model.ts';
import { PANEL_WORDS } from './panel-words.ts';
import styles from './panel.module.css';

interface PickerProps {
  label: string;
  /** The chart or pivot table that it is for. */
  whole: string;
  columns: readonly PanelColumn[];
  /** Which columns are of use. */
  isFit?: ((column: PanelColumn) => boolean) | undefined;
  Kit: Kit;
}

const ANY = (): boolean => true;

/** A choice of one column. */
export function ColumnChoice({
  label,
  whole,
  columns,
  isFit = ANY,
  value,
  none,
  Kit: { Select, Button, Icon },
  onChange,
  onRemove,
}: PickerProps & {
  value: ColumnRef | undefined;
  /** Words for no column, where that is a choice. */
  none?: string;
  onChange: (ref: ColumnRef | undefined) => void;
  onRemove?: () => void;
}) {
  const place = value === undefined ? -1 : placeOf(columns, value);
  const shown = value === undefined ? (none ?? '') : PANEL_WORDS.missing(nameOf(value));
  return (
    <>
      <Select
        aria-label={PANEL_WORDS.of(label, whole)}
        value={place}
        onChange={({ currentTarget }) => {
          const next = Number(currentTarget.value);
          onChange(next < 0 ? undefined : refOf(columns, next));
        }}
      >
        {none === undefined && place >= 0 ? null : <option value={-1}>{none ?? shown}</option>}
        {columns.map((column, i) =>
          isFit(column) || i === place ? (
            <option key={i} value={i}>
              {labelOf(columns, i)}
            </option>
          ) : null,
        )}
      </Select>
      {onRemove === undefined ? null : (
        <Button
          look="icon"
          aria-label={PANEL_WORDS.removeOf(value === undefined ? label : nameOf(value))}
          onClick={onRemove}
        >
          <Icon name="close" />
        </Button>
      )}
    </>
  );
}

/** A line that adds the column that is picked. */
export function AddColumn({
  label,
  forWhat,
  whole,
  columns,
  isFit = ANY,
  Kit: { Select },
  onAdd,
}: PickerProps & { forWhat?: string; onAdd: (ref: ColumnRef) => void }) {
  return (
    <div className={styles.add}>
      <Select
        aria-label={PANEL_WORDS.of(forWhat === undefined ? label : `${label}: ${forWhat}`, whole)}
        value=""
        onChange={({ currentTarget }) => onAdd(refOf(columns, Number(currentTarget.value)))}
      >
        <option value="" disabled>
          {label}
        </option>
        {columns.map((column, i) =>
          isFit(column) ? (
            <option key={i} value={i}>
              {labelOf(columns, i)}
            </option>
          ) : null,
        )}
      </Select>
    </div>
  );
}
