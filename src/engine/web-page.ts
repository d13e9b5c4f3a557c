// Tells a web page that came where data was expected: a login form or an error, read as a table of texts, would look like an answer.
import { roughText } from '../charsets/detect.ts';
import { ExportError, shorten } from '../contract/errors.ts';
import type { SourceCard } from '../contract/source-plugin.ts';
import { extensionOf, ITS_FORM } from './recognise.ts';
import { WEB_PAGE_TEXTS } from './texts.ts';

/** Characters of a title that help; a longer one is cut. */
const MOST_TITLE = 80;

const NAMED_CHARACTERS = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['#39', "'"],
  ['nbsp', ' '],
]);

/** The title of the web page that begins with this text, empty where it has none; null for what is no web page. */
export function titleOfWebPage(head: Uint8Array): string | null {
  const text = new TextDecoder().decode(head);
  if (!/^\s*(?:<!--[^]*?-->\s*)*(?:<!doctype\s+html[\s>]|<html[\s>])/i.test(text)) return null;
  const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1] ?? '';
  return title
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => NAMED_CHARACTERS.get(name)!)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/**
 * Throws `read.web-page` for bytes that were to tell their kind themselves. A name of the card's own tells that the page is
 * wanted as such; a page in the card's very form is data, unless its name is one of other data.
 */
export function refuseWebPage(
  head: Uint8Array,
  { name, isAddress, charset }: { name: string; isAddress: boolean; charset: string | undefined },
  card: SourceCard,
  cards: readonly SourceCard[],
): void {
  const text = roughText(head, charset);
  const title = titleOfWebPage(text);
  if (title === null) return;
  const score = card.guessesTypes === true ? 0 : (card.recognise?.(text) ?? 0);
  const extension = extensionOf(name);
  if (score > 0 && card.extensions.includes(extension)) return;
  if (score >= ITS_FORM && !cards.some((other) => other.extensions.includes(extension))) return;
  throw new ExportError('read.web-page', {
    name,
    called: title === '' ? '' : WEB_PAGE_TEXTS.called(shorten(title, MOST_TITLE)),
    remedy: isAddress ? WEB_PAGE_TEXTS.addressRemedy : WEB_PAGE_TEXTS.fileRemedy,
  });
}
