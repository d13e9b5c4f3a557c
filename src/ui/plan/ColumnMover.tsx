// Moves a column or a step: the grip follows the pointer, or Space lifts it and the arrow keys move it; buttons go one up or down.
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { dataWords } from './data-words.en.ts';
import styles from './plan.module.css';

export interface Moves {
  /** Index of what is lifted. */
  lifted: number | null;
  /** Where it would be put. */
  target: number | null;
  /** What a screen reader is told. */
  said: string;
  lift(index: number | null): void;
  aim(index: number | null): void;
  move(from: number, to: number, name: string): void;
}

export function useMoves(onMove: (from: number, to: number) => void, count: number): Moves {
  const [lifted, setLifted] = useState<number | null>(null);
  const [target, setTarget] = useState<number | null>(null);
  const [said, setSaid] = useState('');
  return {
    lifted,
    target,
    said,
    lift: setLifted,
    aim: setTarget,
    move(from, to, name) {
      if (to < 0 || to >= count || to === from) return;
      onMove(from, to);
      setSaid(dataWords.moved(name, to + 1, count));
    },
  };
}

function Grip({ moves, index, name }: { moves: Moves; index: number; name: string }) {
  const end = () => {
    moves.lift(null);
    moves.aim(null);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (moves.lifted === null) return;
    const row = document
      .elementFromPoint(event.clientX, event.clientY)
      ?.closest('[data-column-index]');
    const own = event.currentTarget.closest('[data-column-index]');
    if (row && row.parentElement === own?.parentElement)
      moves.aim(Number(row.getAttribute('data-column-index')));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      moves.lift(moves.lifted === index ? null : index);
    } else if (event.key === 'Escape' && moves.lifted !== null) {
      event.preventDefault();
      moves.lift(null);
    } else if (by !== 0 && moves.lifted === index) {
      event.preventDefault();
      moves.move(index, index + by, name);
      moves.lift(index + by);
    }
  };
  return (
    <button
      type="button"
      className={styles.grip}
      aria-label={dataWords.dragOf(name)}
      aria-pressed={moves.lifted === index}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        moves.lift(index);
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        if (moves.target !== null) moves.move(index, moves.target, name);
        end();
      }}
      onPointerCancel={end}
      onBlur={end}
    >
      <svg width="8" height="14" viewBox="0 0 8 14" aria-hidden="true" fill="currentColor">
        <path d="M1 2h2v2H1zM5 2h2v2H5zM1 6h2v2H1zM5 6h2v2H5zM1 10h2v2H1zM5 10h2v2H5z" />
      </svg>
    </button>
  );
}

function Buttons({
  moves,
  index,
  count,
  name,
}: {
  moves: Moves;
  index: number;
  count: number;
  name: string;
}) {
  return (
    <>
      <Button
        look="icon"
        aria-label={dataWords.up(name)}
        disabled={index === 0}
        onClick={() => moves.move(index, index - 1, name)}
      >
        <Icon name="up" />
      </Button>
      <Button
        look="icon"
        aria-label={dataWords.down(name)}
        disabled={index === count - 1}
        onClick={() => moves.move(index, index + 1, name)}
      >
        <Icon name="down" />
      </Button>
    </>
  );
}

export const ColumnMover = { Grip, Buttons };
