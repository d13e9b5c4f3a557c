// A cell's whole value over the grid, as far as the preview has it; Escape or a click elsewhere closes it.
import { useEffect, useRef } from 'react';
import { previewWords } from './preview-words.en.ts';
import { Cell } from './Cell.tsx';
import { isShortened } from './grid-columns.ts';
import styles from './preview.module.css';

export interface Whole {
  text: string;
  name: string;
  /** The cell it is of, which has the focus before and after. */
  cell: Element;
}

export function WholeValue({ whole, onClose }: { whole: Whole | null; onClose: () => void }) {
  const words = previewWords;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = box;
    if (whole === null || current === null) return;
    const { left, bottom, top } = whole.cell.getBoundingClientRect();
    current.showPopover();
    const { offsetWidth, offsetHeight } = current;
    const isBelow = bottom + offsetHeight < innerHeight;
    current.style.insetBlockStart = `${Math.max(8, isBelow ? bottom : top - offsetHeight)}px`;
    current.style.left = `${Math.max(8, Math.min(left, innerWidth - offsetWidth - 8))}px`;
    current.focus();
  }, [whole]);
  if (whole === null) return null;
  return (
    <div
      ref={box}
      popover="auto"
      className={styles.whole}
      tabIndex={0}
      role="group"
      aria-label={words.wholeValue(whole.name)}
      onToggle={(event) => {
        if (event.newState === 'closed') onClose();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Only this closes, not the step behind it.
        event.stopPropagation();
        event.preventDefault();
        event.currentTarget.hidePopover();
      }}
    >
      <pre>
        {whole.text.split(/(?<=\n)/).map((line, i) => (
          <span key={i} className={styles.wholeLine}>
            <Cell value={line} />
          </span>
        ))}
      </pre>
      {isShortened(whole.text) ? <p>{words.shortened}</p> : null}
    </div>
  );
}
