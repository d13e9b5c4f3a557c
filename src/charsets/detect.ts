// Finds out which charset a text is in: by its mark, its structure, and which reading is the most likely text.
import { scanUtf8 } from '../kernels/utf8.ts';
import { sequenceLength } from '../kernels/utf8-twin.ts';
import { loadDecoder } from './decode.ts';
import { openUtf16, withoutMark } from './decode-unicode.ts';
import { noticeMojibake } from './mojibake.ts';
import { loadIndexes } from './multi-byte-index.ts';
import { charsets, findCharset } from './registry.ts';
import { isSingleByte } from './single-byte.ts';
import { FOUND_TEXTS } from './texts.ts';
import { multiByteCost, singleByteCost } from './text-cost.ts';

/** Another charset that a text may be in. */
export interface CharsetAlternative {
  id: string;
  /** A piece of the text as it would read. */
  example: string;
}

/** A charset found, and why. */
export interface FoundCharset {
  id: string;
  sentence: string;
  /** Size of the byte order mark; decoders take it off themselves. */
  bomBytes: 0 | 2 | 3;
  /** Others that read the text too, the likeliest first; none where there is no doubt. */
  alternatives: CharsetAlternative[];
}

const PROBE_BYTES = 64 * 1024;

/** Which half of the byte pairs is zero beside a character of ASCII text: even a text in Chinese has such line ends. */
function zeroHalves(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const pairs = Math.min(head.length, PROBE_BYTES) >> 1;
  const isText = (byte: number): boolean =>
    (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13;
  let little = 0;
  let big = 0;
  let zeros = 0;
  for (let i = 0; i < pairs; i++) {
    const first = head[i * 2]!;
    const second = head[i * 2 + 1]!;
    zeros += Number(first === 0) + Number(second === 0);
    if (second === 0 && isText(first)) little++;
    if (first === 0 && isText(second)) big++;
  }
  // A few zero bytes in what is UTF-8 are characters of it: UTF-16 with so few has other bytes that no UTF-8 has.
  if (zeros < pairs / 4 && scanUtf8(head, 0, head.length).end === head.length) return null;
  // Some letters look like ASCII the other way round (U+4E00 like N), so the larger share must be clear.
  const many = Math.max(1, pairs * 0.05);
  if (little >= many && little > big * 3) return 'utf-16le';
  return big >= many && big > little * 3 ? 'utf-16be' : null;
}

function unicodeOf(head: Uint8Array): Omit<FoundCharset, 'alternatives'> | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf)
    return { id: 'utf-8', sentence: FOUND_TEXTS.utf8Mark, bomBytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe)
    return { id: 'utf-16le', sentence: FOUND_TEXTS.utf16leMark, bomBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff)
    return { id: 'utf-16be', sentence: FOUND_TEXTS.utf16beMark, bomBytes: 2 };
  const halves = zeroHalves(head);
  if (halves === null) return null;
  return { id: halves, sentence: FOUND_TEXTS.zeroHalves(halves === 'utf-16le'), bomBytes: 0 };
}

/** Whether there are escape sequences that choose Japanese characters of two bytes. */
function hasJapaneseEscape(head: Uint8Array): boolean {
  for (let at = head.indexOf(0x1b); at >= 0; at = head.indexOf(0x1b, at + 1))
    if (head[at + 1] === 0x24 && (head[at + 2] === 0x40 || head[at + 2] === 0x42)) return true;
  return false;
}

/** Where a page says its charset at the latest (HTML Living Standard §4.2.5.4). */
const META_BYTES = 1024;
const META = /<meta\b[^<>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i;

/** The charset that an XML declaration or the head of a page names, if we know it; one that cannot be true is not believed. */
function declaredIn(head: Uint8Array): { id: string; sentence: string } | null {
  const start = String.fromCharCode(...head.subarray(0, META_BYTES));
  const inXml = /^<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1];
  const label = inXml ?? (/^\s*</.test(start) ? META.exec(start)?.[1] : undefined);
  if (label === undefined) return null;
  const sentence =
    inXml === undefined ? FOUND_TEXTS.declaredByPage(label) : FOUND_TEXTS.declared(label);
  try {
    const { id } = findCharset(label);
    return id.startsWith('utf-') ? null : { id, sentence };
  } catch {
    return null;
  }
}

/** What is added for charsets that are rarer than others. */
const PRIORS = new Map([
  ['windows-1252', 0],
  ['windows-1250', 1],
  ['windows-1251', 1],
  ['windows-1253', 1],
  ['windows-1255', 1],
  ['windows-1256', 1],
  ['windows-874', 1],
  ['shift_jis', 4],
  ['gb18030', 4],
  ['big5', 4],
  ['euc-kr', 4],
  ['euc-jp', 4.5],
  ['windows-1254', 1.5],
  ['windows-1257', 1.5],
  ['iso-8859-2', 2],
  ['iso-8859-15', 2],
  ['koi8-r', 2],
  ['koi8-u', 2.5],
  ['ibm866', 2.5],
]);
const RARE = 4;

const MULTI_BYTE = ['shift_jis', 'euc-jp', 'gb18030', 'big5', 'euc-kr'];

/** Bytes of lines that hold more than ASCII, as many as tell enough. */
const EVIDENCE_BYTES = 4 * 1024;
const LINE_BYTES = 1024;

interface Line {
  bytes: Uint8Array;
  /** Whether the text may go on behind it. */
  isCut: boolean;
}

/** The lines with bytes beyond ASCII, each from its start: no charset has a line feed inside a character. */
function evidenceOf(head: Uint8Array, isWhole: boolean): Line[] {
  const lines: Line[] = [];
  let size = 0;
  for (let at = 0; at < head.length && size < EVIDENCE_BYTES;) {
    const feed = head.indexOf(10, at);
    const end = feed < 0 ? head.length : feed;
    const bytes = head.subarray(at, Math.min(end, at + LINE_BYTES));
    if (bytes.some((byte) => byte >= 0x80)) {
      lines.push({ bytes, isCut: (feed < 0 && !isWhole) || end > at + LINE_BYTES });
      size += bytes.length;
    }
    at = end + 1;
  }
  return lines;
}

const FIELD_ENDS = /[,;\t\n\r|"]+/;
const MOST_FIELDS = 500;

/** The field with the most characters beyond ASCII, of those that `other` reads differently if one is given. */
function exampleOf(text: string, other?: string): string {
  const same = new Set(other?.split(FIELD_ENDS, MOST_FIELDS));
  let best = '';
  let most = 0;
  for (const field of text.split(FIELD_ENDS, MOST_FIELDS)) {
    const strange = field.match(/[^\0-\x7f]/gu)?.length ?? 0;
    if (strange > most && !same.has(field)) {
      most = strange;
      best = field.trim();
    }
  }
  const characters = [...best];
  return characters.length > 40 ? `${characters.slice(0, 40).join('')}…` : best;
}

interface Candidate {
  id: string;
  cost: number;
  text: string;
}

async function candidatesFor(head: Uint8Array, isWhole: boolean): Promise<Candidate[]> {
  await loadIndexes(['jis0208', 'jis0212', 'gb18030', 'big5', 'euc-kr']);
  const lines = evidenceOf(head, isWhole);
  const utf8 = new TextDecoder();
  const ids = [
    ...charsets.flatMap(({ id }) =>
      isSingleByte(id) && id !== 'ascii' && id !== 'iso-8859-1' ? [id] : [],
    ),
    ...MULTI_BYTE,
  ];
  const candidates = await Promise.all(
    ids.map(async (id): Promise<Candidate> => {
      const open = await loadDecoder(id);
      const read = ({ bytes, isCut }: Line): string => {
        const decoder = open({ onInvalid: 'replace', name: '' });
        const text = utf8.decode(decoder.push(bytes));
        return isCut ? text : text + utf8.decode(decoder.finish());
      };
      const text = lines.map(read).join('\n');
      const cost = MULTI_BYTE.includes(id) ? multiByteCost(text, id) : singleByteCost(text, id);
      return { id, cost: cost + (PRIORS.get(id) ?? RARE), text };
    }),
  );
  return candidates.sort((a, b) => a.cost - b.cost);
}

/** How many alternatives are worth a look, and from which cost on none is. */
const MOST_ALTERNATIVES = 4;
const tooUnlikely = (best: number): number => 2 * best + 12;

/** From this share of well-formed sequences on it is UTF-8 with mistakes, not a legacy charset. */
const UTF8_SHARE = 0.9;

/** Sequences of UTF-8 beyond ASCII: how many are well-formed, and how many stretches are not. */
function countUtf8(head: Uint8Array): { valid: number; invalid: number } {
  let valid = 0;
  let invalid = 0;
  for (let at = 0; at < head.length;) {
    if (head[at]! < 0x80) {
      at++;
      continue;
    }
    const size = sequenceLength(head, at, head.length);
    if (size === 0) break;
    if (size > 0) valid++;
    else invalid++;
    at += Math.abs(size);
  }
  return { valid, invalid };
}

/**
 * The charset of a text by its first bytes, which may be cut anywhere unless they are the whole: byte order mark, zero bytes, escape sequences, valid
 * UTF-8, an XML declaration, else the legacy charset in which it is the most likely text.
 */
export async function detectCharset(head: Uint8Array, isWhole = false): Promise<FoundCharset> {
  const alternatives: CharsetAlternative[] = [];
  const unicode = unicodeOf(head);
  if (unicode !== null) return { ...unicode, alternatives };
  const bomBytes = 0;
  const scan = scanUtf8(head, 0, head.length);
  const isUtf8 = scan.end === head.length || (scan.sequence === 0 && !isWhole);
  if (isUtf8 && scan.isAscii && scan.end === head.length) {
    if (hasJapaneseEscape(head))
      return { id: 'iso-2022-jp', sentence: FOUND_TEXTS.escapes, bomBytes, alternatives };
    return { id: 'utf-8', sentence: FOUND_TEXTS.ascii, bomBytes, alternatives };
  }
  if (isUtf8) {
    const mojibake = noticeMojibake(head);
    if (mojibake === null)
      return { id: 'utf-8', sentence: FOUND_TEXTS.utf8, bomBytes, alternatives };
    const { charset, sentence, example } = mojibake;
    return {
      id: 'utf-8',
      sentence: `${FOUND_TEXTS.utf8} ${sentence} ${FOUND_TEXTS.repair(findCharset(charset).title)}`,
      bomBytes,
      alternatives: [{ id: charset, example: example.after }],
    };
  }
  const declared = declaredIn(head);
  if (declared !== null) {
    return { ...declared, bomBytes, alternatives };
  }
  const { valid, invalid } = countUtf8(head);
  const share = valid / (valid + invalid);
  if (share >= UTF8_SHARE)
    return {
      id: 'utf-8',
      sentence: FOUND_TEXTS.utf8WithErrors(scan.end, Math.floor(share * 100)),
      bomBytes,
      alternatives: [{ id: 'windows-1252', example: '' }],
    };
  const [best, ...others] = await candidatesFor(head, isWhole);
  const { id, text, cost } = best!;
  const seen = new Set([text]);
  for (const other of others) {
    if (alternatives.length === MOST_ALTERNATIVES || other.cost > tooUnlikely(cost)) break;
    // What reads the same makes no difference; what does not know a byte is none.
    if (seen.has(other.text) || other.text.includes('\ufffd')) continue;
    seen.add(other.text);
    alternatives.push({ id: other.id, example: exampleOf(other.text, text) });
  }
  return {
    id,
    sentence: FOUND_TEXTS.legacy(scan.end, findCharset(id).title, exampleOf(text)),
    bomBytes,
    alternatives,
  };
}

/**
 * The start of a text as UTF-8 as far as its ASCII characters go, which is enough to recognise a kind by: UTF-16 is decoded, any
 * other charset is left as it is. `charset` as chosen, missing = by the bytes.
 */
export function roughText(head: Uint8Array, charset?: string): Uint8Array {
  const found = charset === undefined ? unicodeOf(head)?.id : findCharset(charset).id;
  if (found === 'utf-16le' || found === 'utf-16be')
    return withoutMark(openUtf16(found, { onInvalid: 'replace', name: '' })).push(head);
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head;
}
