// The first bytes of the real output, as text with what is otherwise unseen, or as hex.
import { useMemo, useState } from 'react';
import type { Preview } from '../../contract/verbs.ts';
import { Segments } from '../kit/Segments.tsx';
import { CheckBox } from '../kit/fields.tsx';
import { formatSize } from '../format-number.ts';
import { messages } from '../messages.en.ts';
import { decodeHead, hexLines, outputLines, splitDirections } from './output-lines.ts';
import styles from './preview.module.css';

/** Hex is looked at closely, so less of it is enough. */
const HEX_BYTES = 4096;

export function Output({ preview, charset }: { preview: Preview; charset: string }) {
  const words = messages.preview;
  const [look, setLook] = useState<'text' | 'hex'>('text');
  const [isMarked, setMarked] = useState(true);
  return (
    <>
      <div className={styles.bar}>
        <Segments
          isSmall
          aria-label={words.look}
          segments={[
            { value: 'text', label: words.text },
            { value: 'hex', label: words.hex },
          ]}
          value={look}
          onChange={setLook}
        />
        {look === 'text' ? (
          <CheckBox
            label={words.marks}
            checked={isMarked}
            onChange={(event) => setMarked(event.currentTarget.checked)}
          />
        ) : null}
      </div>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={words.outputRegion}>
        {preview.head.length === 0 ? (
          <p className={styles.blank}>{words.noBytes}</p>
        ) : look === 'text' ? (
          <Text head={preview.head} charset={charset} isMarked={isMarked} />
        ) : (
          <Hex head={preview.head} />
        )}
      </div>
      <div className={styles.foot}>
        <span>
          {preview.isWhole
            ? words.wholeOutput(formatSize(preview.head.length))
            : words.headOfOutput(formatSize(preview.head.length))}
        </span>
        <span>{charset}</span>
      </div>
    </>
  );
}

function Text({
  head,
  charset,
  isMarked,
}: {
  head: Uint8Array;
  charset: string;
  isMarked: boolean;
}) {
  const lines = useMemo(() => outputLines(decodeHead(head, charset)), [head, charset]);
  return (
    <div className={styles.code}>
      {lines.map((line, i) => [
        <span key={`n${i}`} className={styles.line} aria-hidden="true">
          {i + 1}
        </span>,
        <span key={`t${i}`} className={styles.written}>
          {line.map((piece, k) =>
            piece.kind === 'text' ? (
              splitDirections(piece.text).map((part, p) =>
                p % 2 === 0 ? part : <bdi key={`${k} ${p}`}>{part}</bdi>,
              )
            ) : isMarked ? (
              <span
                key={k}
                className={`${styles.control} ${piece.kind === 'byte-order-mark' ? styles.isByteOrderMark : ''}`}
              >
                {piece.text}
              </span>
            ) : piece.text === '⇥' ? (
              '\t'
            ) : null,
          )}
        </span>,
      ])}
    </div>
  );
}

function Hex({ head }: { head: Uint8Array }) {
  const lines = useMemo(() => hexLines(head.subarray(0, HEX_BYTES)), [head]);
  return (
    <div className={styles.hex}>
      {lines.map((line) => (
        <div key={line.offset}>
          <i>{line.offset}</i>
          {`  ${line.hex}  `}
          <i>{line.letters}</i>
        </div>
      ))}
    </div>
  );
}
