// The output as hex: sixteen bytes a line, with the letters they are.
import { memo, useMemo } from 'react';
import { hexLines, type HexLine } from './output-lines.ts';
import { outputWords } from './output-words.en.ts';
import styles from './preview.module.css';

/** Hex is looked at closely, so less of it is enough. */
const HEX_BYTES = 2048;

export const OutputBytes = memo(function OutputBytes({
  head,
  tail,
}: {
  head: Uint8Array;
  tail: Uint8Array;
}) {
  const first = useMemo(() => hexLines(head.subarray(0, HEX_BYTES)), [head]);
  const last = useMemo(() => hexLines(tail.subarray(-256)), [tail]);
  return (
    <div className={styles.hex}>
      {first.map((line) => (
        <HexRow key={line.offset} line={line} hasOffset />
      ))}
      {last.length === 0 ? null : (
        <>
          <p className={styles.gap}>{outputWords.between}</p>
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
