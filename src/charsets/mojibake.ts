// Text that was UTF-8, was read in a legacy charset and written as UTF-8 again: notices it and repairs it.
import type { Loss } from '../contract/report.ts';
import { sequenceLength } from '../kernels/utf8-twin.ts';
import { EMPTY, joined, type Decoder } from './decoding.ts';
import { bytesByCodePoint } from './single-byte.ts';
import { MOJIBAKE_TEXTS } from './texts.ts';

/** Charset ids that repair, with the charset that such a text was read in. */
export const repairs: ReadonlyMap<string, string> = new Map([
  ['utf-8-mojibake-1252', 'windows-1252'],
  ['utf-8-mojibake-1251', 'windows-1251'],
]);

/** Character → the byte it once was. The C1 controls are what those bytes are in ISO-8859-1. */
const bytesOnceOf = (charset: string): ReadonlyMap<number, number> =>
  new Map([
    ...Array.from({ length: 32 }, (_, i): [number, number] => [0x80 + i, 0x80 + i]),
    ...bytesByCodePoint(charset),
  ]);

/** Size in UTF-8 by its first byte, of whole characters. */
const sizeOf = (lead: number): number => (lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);

const utf8Decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Repairs UTF-8 in whole characters, piece by piece. */
class Repairer {
  count = 0;
  example = '';
  readonly #bytes: ReadonlyMap<number, number>;
  readonly #once = new Uint8Array(4);
  #held: Uint8Array = EMPTY;

  constructor(charset: string) {
    this.#bytes = bytesOnceOf(charset);
  }

  /** The byte that the character at `at` once was; -1 = none. */
  #byteAt(text: Uint8Array, at: number): number {
    const size = sizeOf(text[at]!);
    if (size === 1 || size === 4) return -1;
    const codePoint =
      size === 2
        ? ((text[at]! & 0x1f) << 6) | (text[at + 1]! & 0x3f)
        : ((text[at]! & 0x0f) << 12) | ((text[at + 1]! & 0x3f) << 6) | (text[at + 2]! & 0x3f);
    return this.#bytes.get(codePoint) ?? -1;
  }

  /** Bytes of text from `at` that were one character, left in `#once`; 0 = they are what they are, -1 = the end cuts them off. */
  #damagedAt(text: Uint8Array, at: number): number {
    const once = this.#once;
    let next = at;
    for (let i = 0; i < 4; i++) {
      if (next >= text.length) return -1;
      const byte = this.#byteAt(text, next);
      if (byte < 0) return 0;
      once[i] = byte;
      next += sizeOf(text[next]!);
      const sequence = sequenceLength(once, 0, i + 1);
      if (sequence < 0) return 0;
      // A single one would be ASCII, which no character from 0x80 up once was.
      if (sequence > 0) return next - at;
    }
    return 0;
  }

  repair(piece: Uint8Array, isLast: boolean): Uint8Array {
    const text = joined(this.#held, piece);
    this.#held = EMPTY;
    const out = new Uint8Array(text.length);
    let n = 0;
    let at = 0;
    while (at < text.length) {
      const lead = text[at]!;
      if (lead < 0x80) {
        out[n++] = lead;
        at++;
        continue;
      }
      const damaged = this.#damagedAt(text, at);
      if (damaged > 0) {
        const size = sizeOf(this.#once[0]!);
        out.set(this.#once.subarray(0, size), n);
        n += size;
        if (this.count++ === 0)
          this.example = MOJIBAKE_TEXTS.example(
            utf8Decoder.decode(text.subarray(at, at + damaged)),
            utf8Decoder.decode(this.#once.subarray(0, size)),
          );
        at += damaged;
        continue;
      }
      if (damaged < 0 && !isLast) {
        this.#held = text.slice(at);
        break;
      }
      const size = sizeOf(lead);
      out.set(text.subarray(at, at + size), n);
      n += size;
      at += size;
    }
    return out.subarray(0, n);
  }
}

/** A decoder of UTF-8 whose text is repaired; what it repairs is counted under `charset.repaired`. */
export function withRepair(id: string, decoder: Decoder): Decoder {
  const charset = repairs.get(id)!;
  const repairer = new Repairer(charset);
  return {
    push: (chunk) => repairer.repair(decoder.push(chunk), false),
    finish: () => repairer.repair(decoder.finish(), true),
    losses(): Loss[] {
      const { count, example } = repairer;
      const repaired: Loss[] =
        count === 0
          ? []
          : [
              {
                code: 'charset.repaired',
                sentence: MOJIBAKE_TEXTS.repaired(charset),
                count,
                example,
              },
            ];
      return [...decoder.losses(), ...repaired];
    },
  };
}

/** Text that was decoded wrongly once, and what to do about it. */
export interface Mojibake {
  /** Charset id that reads the source as it was meant. */
  charset: string;
  sentence: string;
  /** A word as it stands there, and as it would be read. */
  example: { before: string; after: string };
}

/** Of this many bytes of text: enough to tell. */
const LOOKED_AT_BYTES = 64 * 1024;
/** A few such sequences stand in sound text too: `Â»` behind a word, `Сё` before others. */
const LEAST_SHARE = 0.2;

/**
 * Whether the text (UTF-8, as it was read in `charset`) looks like UTF-8 that was read in a legacy charset (`Ã¼`, `â€™`,
 * `Рџ`), now or once before; null when not.
 */
export function noticeMojibake(text: Uint8Array, charset = 'utf-8'): Mojibake | null {
  let found: (Mojibake & { count: number }) | null = null;
  const whole = text.length <= LOOKED_AT_BYTES ? text : wholeCharacters(text);
  const before = utf8Decoder.decode(whole);
  const others = before.match(/[^\0-\x7f]/gu)?.length ?? 0;
  if (others === 0) return null;
  for (const [id, once] of repairs) {
    if (charset !== 'utf-8' && charset !== once) continue;
    const repairer = new Repairer(once);
    const after = utf8Decoder.decode(repairer.repair(whole, true));
    const { count } = repairer;
    const sound = after.match(/[^\0-\x7f]/gu)?.length ?? 0;
    if (count === 0 || count < LEAST_SHARE * sound || count <= (found?.count ?? 0)) continue;
    const example = exampleOf(before, once);
    if (example === null) continue;
    found = {
      // Read so just now, the bytes are sound; else the damage stands in them.
      charset: charset === 'utf-8' ? id : 'utf-8',
      sentence: MOJIBAKE_TEXTS.noticed(example.before, example.after, once, charset === 'utf-8'),
      example,
      count,
    };
  }
  if (found === null) return null;
  const { count: _, ...mojibake } = found;
  return mojibake;
}

function wholeCharacters(text: Uint8Array): Uint8Array {
  let end = LOOKED_AT_BYTES;
  while (end > 0 && (text[end]! & 0xc0) === 0x80) end--;
  return text.subarray(0, end);
}

/** The first word that changes. */
function exampleOf(text: string, once: string): Mojibake['example'] | null {
  for (const [word] of text.matchAll(/[^\s,;|"<>]*[^\0-\x7f][^,;|"<>\t\r\n\x20]*/gu)) {
    const before = [...word].slice(0, 60).join('');
    const repairer = new Repairer(once);
    const after = utf8Decoder.decode(repairer.repair(new TextEncoder().encode(before), true));
    if (repairer.count > 0) return { before, after };
  }
  return null;
}
