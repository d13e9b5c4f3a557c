// Finds the source plug-in for bytes whose kind nobody has said: by their start, then by their name.
import { roughText } from '../charsets/detect.ts';
import type { CodecCard } from '../contract/codec-plugin.ts';
import type { SourceCard } from '../contract/source-plugin.ts';

/** What a source's kind is when the bytes are to tell it. */
export const AUTO_KIND = 'auto';

/** Bytes looked at. */
export const RECOGNISE_BYTES = 64 * 1024;

/** What {@link SourceCard.recognise} says of a form, not only a chance. */
export const ITS_FORM = 2;

/** The name without the extensions of what it is packed with, lower case. */
export function unpackedName(
  name: string,
  codecs: readonly Pick<CodecCard, 'extension'>[],
): string {
  const lower = name.toLowerCase();
  const packing = codecs.find(({ extension }) => lower.endsWith(extension));
  return packing === undefined ? lower : lower.slice(0, -packing.extension.length);
}

/** The end of a name, lower case and without the dot; empty where it has none. */
export function extensionOf(name: string): string {
  return /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}

/**
 * The card for these first bytes (unpacked) of what is called `name` (without a codec's extension). A form or magic number
 * goes before the name; the name before a mere chance; that before a table of any text; `csv` takes what nobody else does.
 */
export function recogniseKind(
  head: Uint8Array,
  name: string,
  cards: readonly SourceCard[],
  charset?: string,
): SourceCard {
  const ofBytes = cards.filter((card) => card.input === 'bytes');
  const text = roughText(head, charset);
  const scores = new Map(
    ofBytes.map((card) => [card, card.recognise?.(card.reads === 'text' ? text : head) ?? null]),
  );
  const extension = extensionOf(name);
  const isNamed = (card: SourceCard): boolean => card.extensions.includes(extension);
  const best = (least: number): SourceCard | undefined => {
    const most = Math.max(...[...scores.values()].map((score) => score ?? 0));
    if (most < least) return undefined;
    const equals = ofBytes.filter((card) => scores.get(card) === most);
    // What any text may be is less than what some of them may be.
    return equals.find(isNamed) ?? equals.find((card) => card.guessesTypes !== true) ?? equals[0];
  };
  // A name may be wrong: what the bytes deny is not believed.
  const byName = ofBytes.find(
    (card) =>
      isNamed(card) && (head.length === 0 || scores.get(card) !== 0 || card.trustsName === true),
  );
  const found =
    best(ITS_FORM) ?? byName ?? best(1) ?? ofBytes.find((card) => card.id === 'csv') ?? ofBytes[0];
  return found!;
}
