// The output as text: what is otherwise unseen is shown, fields of delimited text in their types' colours.
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useLayoutEffect, useMemo, useRef } from 'react';
import { formatCount } from '../format-number.ts';
import {
  decodeHead,
  outputLines,
  splitDirections,
  type Dialect,
  type Piece,
} from './output-lines.ts';
import { outputWords } from './output-words.en.ts';
import { hueOf } from './TypeName.tsx';
import styles from './preview.module.css';

/** Lines of the end of the sample that are shown. */
const TAIL_LINES = 20;
/** Of --m-12, and of the note with its margins, in px. */
const LINE_HEIGHT = 20;
const GAP_HEIGHT = 38;

type Types = readonly { type: string }[];

interface TextProps {
  head: Uint8Array;
  tail: Uint8Array;
  charset: string;
  types: Types;
  dialect: Dialect | null;
  hasHeader: boolean;
  isMarked: boolean;
  isWrapped: boolean;
}

/** One line of the pane: of the output, or the note between its start and its end. */
type Line = { pieces: Piece[]; number: string } | null;

export const OutputText = memo(function OutputText({
  head,
  tail,
  charset,
  dialect,
  isWrapped,
  ...shown
}: TextProps) {
  const { delimiter, quote } = dialect ?? { delimiter: null, quote: '' };
  const lines = useMemo((): Line[] => {
    const cut = delimiter === null ? null : { delimiter, quote };
    const first = outputLines(decodeHead(head, charset), cut);
    const last = outputLines(decodeHead(tail, charset), cut).slice(-TAIL_LINES);
    return [
      ...first.map((pieces, i) => ({ pieces, number: formatCount(i + 1) })),
      ...(last.length === 0 ? [] : [null]),
      ...last.map((pieces) => ({ pieces, number: '' })),
    ];
  }, [head, tail, charset, delimiter, quote]);
  const isHeaded = dialect !== null && shown.hasHeader;
  return isWrapped ? (
    <div className={`${styles.code} ${styles.isWrapped}`}>
      {lines.map((line, i) => (
        <TextLine key={i} line={line} isHeader={isHeaded && i === 0} {...shown} />
      ))}
    </div>
  ) : (
    <LongText lines={lines} isHeaded={isHeaded} {...shown} />
  );
});

/** Unwrapped lines are all of one height, so only those in sight are made: a change of an option changes every one. */
function LongText({
  lines,
  isHeaded,
  ...shown
}: {
  lines: readonly Line[];
  isHeaded: boolean;
  types: Types;
  isMarked: boolean;
}) {
  const box = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes here, and what is memoized by hand takes its values
  const view = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current?.parentElement ?? null,
    estimateSize: (i) => (lines[i] === null ? GAP_HEIGHT : LINE_HEIGHT),
    overscan: 8,
    initialRect: { width: 600, height: 800 },
    useFlushSync: false,
  });
  useLayoutEffect(() => view.measure(), [view, lines]);
  const longest = useMemo(() => Math.max(0, ...lines.map(lengthOf)), [lines]);
  return (
    <div
      ref={box}
      className={styles.code}
      style={{ height: view.getTotalSize(), width: `calc(${longest + 12}ch + 80px)` }}
    >
      <div style={{ transform: `translateY(${view.getVirtualItems()[0]?.start ?? 0}px)` }}>
        {view.getVirtualItems().map(({ index }) => (
          <TextLine
            key={index}
            line={lines[index]!}
            isHeader={isHeaded && index === 0}
            {...shown}
          />
        ))}
      </div>
    </div>
  );
}

/** About so many letters wide: full-width characters are two, names of unseen ones a few. */
function lengthOf(line: Line): number {
  let sum = 0;
  for (const { text } of line?.pieces ?? []) {
    sum += text.length;
    for (const character of text) if (character > '\u1100') sum++;
  }
  return sum;
}

function TextLine({
  line,
  isHeader,
  types,
  isMarked,
}: {
  line: Line;
  isHeader: boolean;
  types: Types;
  isMarked: boolean;
}) {
  if (line === null) return <p className={styles.gap}>{outputWords.between}</p>;
  return (
    <div className={styles.codeLine}>
      <span className={styles.line} aria-hidden="true">
        {line.number}
      </span>
      <span className={`${styles.written} ${isHeader ? styles.isHeader : ''}`}>
        {line.pieces.map((piece, k) => (
          <PieceText key={k} piece={piece} types={types} isMarked={isMarked} />
        ))}
      </span>
    </div>
  );
}

function PieceText({ piece, types, isMarked }: { piece: Piece; types: Types; isMarked: boolean }) {
  const { kind, text, field } = piece;
  if (kind === 'text') {
    const parts = splitDirections(text);
    const shown =
      parts.length === 1
        ? text
        : parts.map((part, p) => (p % 2 === 0 ? part : <bdi key={p}>{part}</bdi>));
    const type = field === undefined ? undefined : types[field]?.type;
    return type === undefined ? shown : <span className={hueOf(type)}>{shown}</span>;
  }
  if (kind === 'mark')
    return <span className={styles.mark}>{text === '⇥' && !isMarked ? '\t' : text}</span>;
  if (!isMarked) return text === '⇥' ? '\t' : null;
  return (
    <span
      className={`${styles.control} ${kind === 'byte-order-mark' ? styles.isByteOrderMark : ''}`}
    >
      {text}
    </span>
  );
}
