// Writes text as the content of elements and attributes (XML 1.0 §2.2, §2.4, §3.3.3), byte by byte.
import type { ByteWriter } from '../../table/byte-writer.ts';
import type { XmlOptions } from './options.ts';
import type { CountedLoss } from './texts.ts';

const encoder = new TextEncoder();
const bytesOf = (text: string): Uint8Array => encoder.encode(text);

const AMP = bytesOf('&amp;');
const LESS = bytesOf('&lt;');
const GREATER = bytesOf('&gt;');
const QUOTE = bytesOf('&quot;');
const TAB = bytesOf('&#9;');
const LINE = bytesOf('&#10;');
/** Readers take a bare CR for the end of a line. */
const RETURN = bytesOf('&#13;');
const CDATA_OPEN = bytesOf('<![CDATA[');
const CDATA_CLOSE = bytesOf(']]>');
const CDATA_END_INSIDE = bytesOf(']]]]><![CDATA[>');
const CDATA_RETURN = bytesOf(']]>&#13;<![CDATA[');
const REPLACEMENT = bytesOf('\ufffd');
const ESCAPED_UNDERSCORE = bytesOf('_x005F_');

/** What a byte may be: 0 itself, 1 markup or space with a reference, 2 illegal, 3 perhaps the start of U+FFFE or U+FFFF, 4 `_`. */
const KINDS = new Uint8Array(256);
for (let b = 0; b < 32; b++) KINDS[b] = 2;
for (const b of [9, 10, 13, 34, 38, 60, 62]) KINDS[b] = 1;
KINDS[0xef] = 3;
KINDS[95] = 4;

/** Where the text [start, end) goes. */
export type ContentKind = 'element' | 'attribute';

export interface ContentWriter {
  write(source: Uint8Array, start: number, end: number, kind: ContentKind): void;
  /** Text of a text column, which may stand in CDATA. */
  writeText(source: Uint8Array, start: number, end: number, kind: ContentKind): void;
}

/** Whether U+FFFE or U+FFFF stands at `at`. */
function isNoCharacter(source: Uint8Array, at: number, end: number): boolean {
  return source[at] === 0xef && source[at + 1] === 0xbf && source[at + 2]! >= 0xbe && at + 2 < end;
}

/** Whether `_x0041_` or its six-digit form will stand at `at`: what is illegal is written as an escape too. */
function isEscape(source: Uint8Array, at: number, end: number): boolean {
  if (source[at + 1] !== 120) return false;
  for (const digits of [4, 6]) {
    const last = at + digits + 2;
    if (last >= end) continue;
    if (source[last] !== 95 && KINDS[source[last]!] !== 2 && !isNoCharacter(source, last, end))
      continue;
    let i = at + 2;
    while (i < last && isHex(source[i]!)) i++;
    if (i === last) return true;
  }
  return false;
}

function isHex(b: number): boolean {
  return (b >= 48 && b <= 57) || (b >= 65 && b <= 70) || (b >= 97 && b <= 102);
}

/**
 * A writer to `out`. `count` is told of each illegal character with the code of what became of it; `fail` never returns and is
 * called instead where the options say so.
 */
export function createContentWriter(
  options: Pick<XmlOptions, 'illegalCharacters' | 'cdata'>,
  out: ByteWriter,
  count: (code: CountedLoss) => void,
  fail: (codePoint: number) => never,
): ContentWriter {
  const { illegalCharacters: policy, cdata } = options;
  const escapes = policy === 'escape';

  const writeIllegal = (codePoint: number): void => {
    switch (policy) {
      case 'fail':
        return fail(codePoint);
      case 'replace':
        count('xml.illegal-replaced');
        return out.put(REPLACEMENT);
      case 'remove':
        return count('xml.illegal-removed');
      default: {
        count('xml.illegal-escaped');
        const digits = codePoint.toString(16).toUpperCase();
        return out.ascii(`_x${digits.padStart(4, '0')}_`);
      }
    }
  };

  /** Writes what stands at `at` and is no ordinary byte; returns how many bytes it took. */
  const writeSpecial = (
    source: Uint8Array,
    start: number,
    at: number,
    end: number,
    isAttribute: boolean,
    isCdata: boolean,
  ): number => {
    const b = source[at]!;
    switch (KINDS[b]) {
      case 2:
        writeIllegal(b);
        return 1;
      case 3:
        if (isNoCharacter(source, at, end)) {
          writeIllegal(0xff40 + source[at + 2]!);
          return 3;
        }
        out.byte(b);
        return 1;
      case 4:
        if (escapes && isEscape(source, at, end)) out.put(ESCAPED_UNDERSCORE);
        else out.byte(b);
        return 1;
      default:
    }
    if (isCdata) {
      if (b === 13) out.put(CDATA_RETURN);
      else if (b === 62 && at - 2 >= start && source[at - 1] === 93 && source[at - 2] === 93) {
        out.length -= 2;
        out.put(CDATA_END_INSIDE);
      } else out.byte(b);
      return 1;
    }
    if (b === 38) out.put(AMP);
    else if (b === 60) out.put(LESS);
    else if (b === 62) out.put(GREATER);
    else if (b === 13) out.put(RETURN);
    else if (isAttribute && b === 34) out.put(QUOTE);
    else if (isAttribute && b === 9) out.put(TAB);
    else if (isAttribute && b === 10) out.put(LINE);
    else out.byte(b);
    return 1;
  };

  const writeRun = (
    source: Uint8Array,
    start: number,
    end: number,
    isAttribute: boolean,
    isCdata: boolean,
  ): void => {
    let from = start;
    for (let i = start; i < end;) {
      if (KINDS[source[i]!] === 0) {
        i++;
        continue;
      }
      out.put(source, from, i);
      i += writeSpecial(source, start, i, end, isAttribute, isCdata);
      from = i;
    }
    out.put(source, from, end);
  };

  const needsCdata = (source: Uint8Array, start: number, end: number): boolean => {
    for (let i = start; i < end; i++) if (source[i] === 38 || source[i] === 60) return true;
    return false;
  };

  return {
    write(source, start, end, kind) {
      writeRun(source, start, end, kind === 'attribute', false);
    },
    writeText(source, start, end, kind) {
      const isCdata =
        kind === 'element' &&
        end > start &&
        (cdata === 'always' || (cdata === 'needed' && needsCdata(source, start, end)));
      if (!isCdata) return writeRun(source, start, end, kind === 'attribute', false);
      out.put(CDATA_OPEN);
      writeRun(source, start, end, false, true);
      out.put(CDATA_CLOSE);
    },
  };
}
