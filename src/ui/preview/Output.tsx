// The first and last bytes of the real output, as text with what is otherwise unseen, or as hex.
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Catalogue, Preview } from '../../contract/verbs.ts';
import type { OutputConfig } from '../../contract/config.ts';
import { Button } from '../kit/Button.tsx';
import { Segments } from '../kit/Segments.tsx';
import { CheckBox } from '../kit/fields.tsx';
import { formatCount, formatSize } from '../format-number.ts';
import { studioMessages } from '../studio-messages.en.ts';
import type { Rehearsal } from '../queries.ts';
import {
  decodeHead,
  hexLines,
  outputLines,
  splitDirections,
  type Dialect,
  type HexLine,
  type Piece,
} from './output-lines.ts';
import { hueOf } from './TypeName.tsx';
import styles from './preview.module.css';

/** Hex is looked at closely, so less of it is enough. */
const HEX_BYTES = 2048;
/** Lines of the end of the sample that are shown. */
const TAIL_LINES = 20;
/** Of --m-12, and of the note with its margins, in px. */
const LINE_HEIGHT = 20;
const GAP_HEIGHT = 38;

type Format = Catalogue['formats'][number];
type Types = readonly { type: string }[];

export function Output({
  preview,
  output,
  format,
  rehearsal,
}: {
  preview: Preview;
  output: OutputConfig;
  format: Format | undefined;
  rehearsal: Rehearsal;
}) {
  const words = studioMessages.preview;
  const { part } = preview;
  const isText = part !== undefined || (format?.isText ?? true);
  const charset = part === undefined && isText ? output.charset.id : 'utf-8';
  const [chosen, setLook] = useState<'text' | 'hex'>('text');
  const [isMarked, setMarked] = useState(true);
  const [isWrapped, setWrapped] = useState(false);
  const [said, say] = useState('');
  const look = isText ? chosen : 'hex';
  const { head, tail } = preview;
  const copy = () =>
    navigator.clipboard.writeText(decodeHead(head, charset)).then(
      () => say(words.copied),
      () => say(words.notCopied),
    );
  return (
    <>
      <div className={styles.bar}>
        <Segments
          isSmall
          aria-label={words.look}
          segments={[
            { value: 'text', label: words.text, isOff: !isText },
            { value: 'hex', label: words.hex },
          ]}
          value={look}
          onChange={setLook}
        />
        {look === 'text' ? (
          <>
            <CheckBox
              label={words.marks}
              checked={isMarked}
              onChange={(event) => setMarked(event.currentTarget.checked)}
            />
            <CheckBox
              label={words.wrap}
              checked={isWrapped}
              onChange={(event) => setWrapped(event.currentTarget.checked)}
            />
          </>
        ) : null}
        {isText && head.length > 0 ? (
          <Button look="link" className={styles.push} onClick={() => void copy()}>
            {said === words.copied ? words.copied : words.copyHead}
          </Button>
        ) : null}
        <span className={styles.unseen} role="status">
          {said}
        </span>
      </div>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={words.outputRegion}>
        {head.length === 0 ? (
          <p className={styles.blank}>{words.noBytes}</p>
        ) : look === 'text' ? (
          <Text
            head={head}
            tail={tail}
            charset={charset}
            types={preview.columns}
            dialect={dialectOf(output, format)}
            hasHeader={hasHeader(output, format)}
            isMarked={isMarked}
            isWrapped={isWrapped}
          />
        ) : (
          <Hex head={head} tail={tail} />
        )}
      </div>
      <div className={styles.foot}>
        <span>{sizeText(preview, rehearsal)}</span>
        <span>{part ?? (isText ? charset : '')}</span>
      </div>
    </>
  );
}

function sizeText({ head, tail, isWhole }: Preview, { report, isCurrent }: Rehearsal): string {
  const words = studioMessages.preview;
  if (isWhole) return words.wholeOutput(formatSize(head.length));
  const whole = isCurrent && report?.outcome === 'completed' ? report.encodedBytes : null;
  return words.headOfOutput(
    formatSize(head.length),
    tail.length === 0 ? null : formatSize(tail.length),
    whole === null ? null : formatSize(whole),
  );
}

/** An option as the output has it, else as the format proposes it. */
function optionOf(output: OutputConfig, format: Format | undefined, id: string): unknown {
  if (Object.hasOwn(output.format.options, id)) return output.format.options[id];
  return format?.options.find((field) => field.id === id)?.default;
}

/** How fields are told apart in the output; null where it has no fields between delimiters. */
function dialectOf(output: OutputConfig, format: Format | undefined): Dialect | null {
  const delimiter = optionOf(output, format, 'delimiter');
  if (typeof delimiter !== 'string' || delimiter === '') return null;
  const quote = optionOf(output, format, 'quoteChar') ?? '"';
  const isQuoted = optionOf(output, format, 'quotes') !== 'none';
  return { delimiter, quote: isQuoted ? String(quote) : '' };
}

function hasHeader(output: OutputConfig, format: Format | undefined): boolean {
  return optionOf(output, format, 'headers') !== false;
}

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

const Text = memo(function Text({ head, tail, charset, dialect, isWrapped, ...shown }: TextProps) {
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
  if (line === null) return <p className={styles.gap}>{studioMessages.preview.between}</p>;
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

const Hex = memo(function Hex({ head, tail }: { head: Uint8Array; tail: Uint8Array }) {
  const first = useMemo(() => hexLines(head.subarray(0, HEX_BYTES)), [head]);
  const last = useMemo(() => hexLines(tail.subarray(-256)), [tail]);
  return (
    <div className={styles.hex}>
      {first.map((line) => (
        <HexRow key={line.offset} line={line} hasOffset />
      ))}
      {last.length === 0 ? null : (
        <>
          <p className={styles.gap}>{studioMessages.preview.between}</p>
          {last.map((line) => (
            // Where in the whole output these stand, nobody knows yet.
            <HexRow key={`last ${line.offset}`} line={line} hasOffset={false} />
          ))}
        </>
      )}
    </div>
  );
});

const HEX_KINDS = {
  plain: undefined,
  'line-end': styles.hexEnd,
  'byte-order-mark': styles.hexMark,
  'beyond-ascii': styles.hexBeyond,
};

/** Runs of bytes of one kind stand together: a span for each byte would be thousands. */
function HexRow({ line, hasOffset }: { line: HexLine; hasOffset: boolean }) {
  const runs = (textOf: (byte: HexLine['bytes'][number], i: number) => string) => {
    const made: { text: string; kind: keyof typeof HEX_KINDS }[] = [];
    line.bytes.forEach((byte, i) => {
      const last = made.at(-1);
      if (last?.kind === byte.kind) last.text += textOf(byte, i);
      else made.push({ text: textOf(byte, i), kind: byte.kind });
    });
    return made.map(({ text, kind }, i) =>
      kind === 'plain' ? (
        text
      ) : (
        <b key={i} className={HEX_KINDS[kind]}>
          {text}
        </b>
      ),
    );
  };
  const missing = 16 - line.bytes.length;
  return (
    <div>
      <i>{hasOffset ? line.offset : ' '.repeat(8)}</i>
      {'  '}
      {runs((byte, i) => (i === 7 ? `${byte.text}  ` : `${byte.text} `))}
      {' '.repeat(missing * 3 + (missing > 8 ? 1 : 0) + 1)}
      <span className={styles.letters}>{runs((byte) => byte.letter)}</span>
    </div>
  );
}
