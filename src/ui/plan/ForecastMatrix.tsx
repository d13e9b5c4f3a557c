// Size and time of every format in every packing, foreseen from a sample; a press on a cell makes it the plan's.
import { useRef, useState, type KeyboardEvent } from 'react';
import { asExportError } from '../../contract/errors.ts';
import type { Forecast, ForecastCell, ForecastFormat } from '../../contract/forecast.ts';
import type { Catalogue } from '../../contract/verbs.ts';
import { withFormat } from '../with-format.ts';
import { outputOf } from '../plan-parts.ts';
import { formatCount, formatDuration, formatSize } from '../format-number.ts';
import { isSameValue } from '../form/show-value.ts';
import { Modal } from '../kit/Modal.tsx';
import { useDraft, useDraftActions } from '../session.tsx';
import { matrixWords } from './forecast-matrix-words.en.ts';
import { useForecastOf } from './measure.ts';
import { sizeText } from './rounded.ts';
import styles from './forecast-matrix.module.css';

/** Formats call the same packing by several ids. */
interface Packing {
  ids: Set<string>;
  title: string;
}

/** Every packing that any format knows, in the order in which they come. */
function packingsOf(formats: readonly ForecastFormat[]): Packing[] {
  const packings: Packing[] = [];
  for (const { cells } of formats)
    for (const cell of cells) {
      // What a format says behind a colon is about that format.
      const title = cell.title.replace(/:.*$/s, '');
      const known = packings.find((each) => each.ids.has(cell.id) || each.title === title);
      if (known) known.ids.add(cell.id);
      else packings.push({ ids: new Set([cell.id]), title });
    }
  return packings;
}

/** Where an arrow leads among the cells that are there; null for other keys. */
function nextCell(key: string, cells: readonly HTMLElement[], from: HTMLElement): number | null {
  const at = cells.indexOf(from);
  if (key === 'Home') return 0;
  if (key === 'End') return cells.length - 1;
  if (key === 'ArrowRight') return Math.min(at + 1, cells.length - 1);
  if (key === 'ArrowLeft') return Math.max(at - 1, 0);
  const down = key === 'ArrowDown';
  if (!down && key !== 'ArrowUp') return null;
  const column = (cell: HTMLElement) => cell.closest('td')!.cellIndex;
  const row = (cell: HTMLElement) => cell.closest('tr')!.rowIndex;
  const others = cells.filter((cell) => (down ? row(cell) > row(from) : row(cell) < row(from)));
  const same = others.filter((cell) => column(cell) === column(from));
  const found = down ? same[0] : same.at(-1);
  return found === undefined ? at : cells.indexOf(found);
}

export default function ForecastMatrix({
  catalogue,
  onClose,
}: {
  catalogue: Catalogue;
  onClose: () => void;
}) {
  const words = matrixWords;
  const current = useDraft((state) => state.draft!);
  // As it was when this was opened, or each choice would measure all again.
  const [draft] = useState(current);
  const own = outputOf(draft.config).format;
  const formats = catalogue.formats.map(({ id }) =>
    id === own.id ? own : outputOf(withFormat(draft, id).config).format,
  );
  const { forecast, error } = useForecastOf({ formats, packings: true }, true, draft);
  return (
    <Modal title={words.title} isWide onClose={onClose}>
      <p className={styles.says} role="status">
        {error !== null
          ? words.noSizes(asExportError(error).message)
          : forecast === null
            ? words.measuring(0, formats.length)
            : saysOf(forecast, formats.length)}
      </p>
      {forecast === null || forecast.formats.length === 0 ? null : (
        <>
          <Matrix forecast={forecast} />
          <p className={styles.says}>{words.about}</p>
        </>
      )}
    </Modal>
  );
}

function saysOf(forecast: Forecast, all: number): string {
  const words = matrixWords;
  if (forecast.reason !== null) return words.noSizes(forecast.reason);
  const { formats, isWhole, sample, sampledRows, rows } = forecast;
  if (formats.length < all) return words.measuring(formats.length, all);
  if (isWhole && rows !== null) return words.exact(words.rows(formatCount(rows), rows === 1));
  const says = words.sampled(words.rows(formatCount(sampledRows), sampledRows === 1));
  return sample.from === 'start' ? `${says} ${sample.sentence}` : says;
}

function Matrix({ forecast }: { forecast: Forecast }) {
  const words = matrixWords;
  const output = useDraft((state) => outputOf(state.draft!.config));
  const { setPacked } = useDraftActions();
  const table = useRef<HTMLTableElement>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const packings = packingsOf(forecast.formats);
  const cells = forecast.formats.flatMap((format) => format.cells);
  const smallest = Math.min(...cells.map(({ bytes }) => bytes ?? Infinity));
  const isChosen = ({ output: of }: ForecastCell): boolean =>
    isSameValue(of, {
      format: output.format,
      archive: output.archive,
      compression: output.compression,
    });
  const keyOf = (format: ForecastFormat, cell: ForecastCell) => `${format.id} ${cell.id}`;
  const all = forecast.formats.flatMap((format) =>
    format.cells.map((cell) => ({ key: keyOf(format, cell), cell })),
  );
  const stop =
    all.find(({ key }) => key === focused) ?? all.find(({ cell }) => isChosen(cell)) ?? all[0];
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...table.current!.querySelectorAll<HTMLElement>('td > button')];
    const next = nextCell(event.key, buttons, event.target as HTMLElement);
    if (next === null) return;
    event.preventDefault();
    buttons[next]?.focus();
  };
  return (
    <div className={styles.matrix}>
      <table ref={table} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <th scope="col">{words.format}</th>
            {packings.map(({ title }) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {forecast.formats.map((format) => (
            <tr key={format.id}>
              <th scope="row">
                {format.title}
                {format.losses.length > 0 ? (
                  <small title={format.losses.map(({ sentence }) => sentence).join('\n')}>
                    {words.losses(format.losses.length)}
                  </small>
                ) : null}
              </th>
              {format.error !== null ? (
                <td colSpan={packings.length}>
                  <span className={styles.none}>{format.error.sentence}</span>
                </td>
              ) : (
                packings.map(({ ids, title }) => {
                  const cell = format.cells.find(({ id }) => ids.has(id));
                  if (cell === undefined || cell.bytes === null)
                    return (
                      <td key={title}>
                        <span
                          className={styles.none}
                          title={cell?.error?.sentence ?? words.notOffered}
                        >
                          –
                        </span>
                      </td>
                    );
                  const key = keyOf(format, cell);
                  return (
                    <td key={title}>
                      <Cell
                        format={format}
                        cell={cell}
                        bytes={cell.bytes}
                        isChosen={isChosen(cell)}
                        isSmallest={cell.bytes === smallest}
                        isStop={key === stop?.key}
                        onFocus={() => setFocused(key)}
                        onChoose={() => setPacked(cell.output)}
                      />
                    </td>
                  );
                })
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({
  format,
  cell,
  bytes,
  isChosen,
  isSmallest,
  isStop,
  onFocus,
  onChoose,
}: {
  format: ForecastFormat;
  cell: ForecastCell;
  bytes: number;
  isChosen: boolean;
  isSmallest: boolean;
  /** Tab stops at this one of all. */
  isStop: boolean;
  onFocus: () => void;
  onChoose: () => void;
}) {
  const words = matrixWords;
  const { lowBytes, highBytes, isExact, ms, title } = cell;
  const size = sizeText(bytes, isExact);
  const time = ms === null ? '' : formatDuration(ms);
  const range =
    isExact || lowBytes === null || highBytes === null
      ? undefined
      : words.between(formatSize(Math.floor(lowBytes)), formatSize(Math.ceil(highBytes)));
  return (
    <button
      type="button"
      className={styles.cell}
      aria-pressed={isChosen}
      aria-label={words.cell(format.title, title, size, time)}
      title={range}
      tabIndex={isStop ? 0 : -1}
      onFocus={onFocus}
      onClick={onChoose}
    >
      <span className={isSmallest ? styles.smallest : undefined}>{size}</span>
      <small>{time}</small>
    </button>
  );
}
