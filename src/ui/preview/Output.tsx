// The output of the first rows: as text or bytes as they are written, and as a receiver reads them.
import { useState } from 'react';
import type { Catalogue, Preview } from '../../contract/verbs.ts';
import type { OutputConfig } from '../../contract/config.ts';
import { Button } from '../kit/Button.tsx';
import { Segments } from '../kit/Segments.tsx';
import { CheckBox } from '../kit/fields.tsx';
import { formatSize } from '../format-number.ts';
import type { Rehearsal } from '../queries.ts';
import { AsRead } from './AsRead.tsx';
import type { Widths } from './grid-widths.ts';
import { keptLook, keepLook, looksOf, type Look } from './looks.ts';
import { decodeHead, type Dialect } from './output-lines.ts';
import { OutputBytes } from './OutputBytes.tsx';
import { OutputText } from './OutputText.tsx';
import { outputWords } from './output-words.en.ts';
import { SheetLook } from './SheetLook.tsx';
import { useReread } from './use-reread.ts';
import styles from './preview.module.css';

type Format = Catalogue['formats'][number];

export default function Output({
  preview,
  output,
  format,
  rehearsal,
  widths,
}: {
  preview: Preview;
  output: OutputConfig;
  format: Format | undefined;
  rehearsal: Rehearsal;
  widths: Widths;
}) {
  const words = outputWords;
  const { part, head, tail } = preview;
  const isText = part !== undefined || (format?.isText ?? true);
  const charset = part === undefined && isText ? output.charset.id : 'utf-8';
  const looks = looksOf(format);
  const { id } = output.format;
  const [chosen, choose] = useState<{ id: string; look: Look } | null>(null);
  const wanted = chosen?.id === id ? chosen.look : keptLook(id);
  const look = looks.find((each) => each === wanted) ?? looks[0]!;
  const [isMarked, setMarked] = useState(true);
  const [isWrapped, setWrapped] = useState(false);
  const [said, say] = useState('');
  const [firstColumn, setFirstColumn] = useState(0);
  const isPackage = format?.isPackage === true;
  const isReread = look === 'read' || look === 'sheet';
  // What a package is packed to only its whole tells.
  const reread = useReread(isReread || (look === 'bytes' && isPackage), firstColumn);
  const copy = () =>
    navigator.clipboard.writeText(decodeHead(head, charset)).then(
      () => say(words.copied),
      () => say(words.notCopied),
    );
  const bytes = look === 'bytes' && isPackage ? reread.data?.head : head;
  return (
    <>
      <div className={styles.bar}>
        <Segments<Look>
          isSmall
          aria-label={words.look}
          segments={looks.map((value) => ({ value, label: words.looks[value] }))}
          value={look}
          onChange={(next) => {
            choose({ id, look: next });
            keepLook(id, next);
          }}
        />
        {look === 'text' || look === 'xml' ? (
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
            {head.length > 0 ? (
              <Button look="link" className={styles.push} onClick={() => void copy()}>
                {said === words.copied ? words.copied : words.copyHead}
              </Button>
            ) : null}
          </>
        ) : format !== undefined && !format.isRead ? (
          <span className={styles.push}>{words.noReader(format.title)}</span>
        ) : null}
        <span className={styles.unseen} role="status">
          {said}
        </span>
      </div>
      {look === 'read' ? (
        <AsRead
          reread={reread}
          firstColumn={firstColumn}
          widths={widths}
          onColumns={setFirstColumn}
        />
      ) : look === 'sheet' ? (
        <SheetLook reread={reread} />
      ) : (
        <>
          <div className={styles.scroll} tabIndex={0} role="region" aria-label={words.region}>
            {bytes === undefined ? (
              <p className={styles.blank}>{words.reading}</p>
            ) : bytes.length === 0 ? (
              <p className={styles.blank}>{words.noBytes}</p>
            ) : look === 'bytes' ? (
              <OutputBytes head={bytes} tail={isPackage ? NOTHING : tail} />
            ) : (
              <OutputText
                head={head}
                tail={tail}
                charset={charset}
                types={preview.columns}
                dialect={dialectOf(output, format)}
                hasHeader={hasHeader(output, format)}
                isMarked={isMarked}
                isWrapped={isWrapped}
              />
            )}
          </div>
          <div className={styles.foot}>
            <span>
              {look === 'bytes' && isPackage
                ? words.startOf(formatSize(reread.data?.sizeBytes ?? 0))
                : sizeText(preview, rehearsal)}
            </span>
            <span>{look === 'bytes' ? '' : (part ?? (isText ? charset : ''))}</span>
          </div>
        </>
      )}
    </>
  );
}

const NOTHING = new Uint8Array(0);

function sizeText({ head, tail, isWhole }: Preview, { report, isCurrent }: Rehearsal): string {
  const words = outputWords;
  if (isWhole) return words.whole(formatSize(head.length));
  const whole = isCurrent && report?.outcome === 'completed' ? report.encodedBytes : null;
  return words.headOf(
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
