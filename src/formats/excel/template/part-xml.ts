// Text of a template's parts in one plain form, so that it can be edited piece by piece, and its attributes.
import { TEMPLATE_TEXTS } from './texts.ts';

/** Tags, comments, CDATA and the like, in documents that were found well-formed. */
const MARKUP =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<[^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>/g;

/** Escapes text for an element or an attribute in double quotes. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Undoes the entities that every XML document knows. */
export function plainText(xml: string): string {
  return xml.replaceAll(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES.get(name as string) ?? whole;
    return String.fromCodePoint(Number.parseInt((hex ?? decimal) as string, hex ? 16 : 10));
  });
}

/** Throws an Error where elements do not end as they began, and for document types. */
function insistWhole(text: string): void {
  if (/<!DOCTYPE/i.test(text)) throw new Error(TEMPLATE_TEXTS.doctype);
  const open: string[] = [];
  let end = 0;
  let count = 0;
  const between = (to: number): void => {
    if (text.slice(end, to).includes('<')) throw new Error(TEMPLATE_TEXTS.noXml(end));
  };
  for (const { 0: found, index } of text.matchAll(MARKUP)) {
    between(index);
    end = index + found.length;
    if (/^<[!?]/.test(found)) continue;
    const name = /^<\/?([^\s/>]+)/.exec(found)?.[1];
    if (name === undefined || (open.length === 0 && count > 0))
      throw new Error(TEMPLATE_TEXTS.noXml(index));
    count++;
    if (found.startsWith('</')) {
      if (open.pop() !== name) throw new Error(TEMPLATE_TEXTS.noXml(index));
    } else if (!found.endsWith('/>')) open.push(name);
  }
  between(text.length);
  if (open.length > 0 || count === 0) throw new Error(TEMPLATE_TEXTS.noXml(text.length));
}

/**
 * A document without comments and CDATA, whose attributes stand in double quotes and hold no `>`: `<[^>]*>` is a tag then.
 * Throws an Error that says what is wrong for what is no XML, for document types, and for other charsets than UTF-8.
 */
export function plainXml(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  insistWhole(text);
  return text.replaceAll(MARKUP, (found, data: string | undefined) => {
    if (data !== undefined) return escapeXml(data);
    if (found.startsWith('<!--')) return '';
    if (found.startsWith('<?')) return found;
    return found.replaceAll(
      /\s*=\s*(?:"([^"]*)"|'([^']*)')/g,
      (_, double: string | undefined, single: string | undefined) =>
        `="${(double ?? single)!.replaceAll('>', '&gt;').replaceAll('"', '&quot;')}"`,
    );
  });
}

/** The value of a tag's attribute, undefined where it has none; `r:id` by the name behind its prefix. */
export function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s(?:[\\w.-]+:)?${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : plainText(found);
}

/** The tag with the attribute set; null takes it away. */
export function withAttribute(tag: string, name: string, value: string | null): string {
  const bare = tag.replace(new RegExp(`\\s${name}="[^"]*"`), '');
  return value === null
    ? bare
    : bare.replace(/\s*(\/?)>$/, (_, end: string) => ` ${name}="${escapeXml(value)}"${end}>`);
}
