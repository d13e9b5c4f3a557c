// The way to the records inside of a JSON document, by JSON pointer (RFC 6901), and out of it to the document's end.
import { ExportError, shorten } from './errors.ts';
import type { JsonDocument } from './json-document.ts';
import { NO_PATH, REMEDIES } from './json-source-texts.ts';

/** Opened containers on the way to the records, outermost first. */
export type Way = { isObject: boolean; key: string }[];

/** Goes to what the path names. Throws `read.json.no-path`. */
export async function descend(
  document: JsonDocument,
  path: readonly string[],
  name: string,
): Promise<Way> {
  const way: Way = [];
  const missing = (detail: string): ExportError =>
    new ExportError('read.json.no-path', { name, path: pointerText(path), detail });
  for (const key of path) {
    const first = await document.peek();
    if (first !== 123 && first !== 91) throw missing(NO_PATH.scalar(shorten(key)));
    const isObject = first === 123;
    const close = isObject ? 125 : 93;
    document.at++;
    if ((await document.peek()) === close)
      throw missing(isObject ? NO_PATH.key(shorten(key)) : NO_PATH.item(shorten(key)));
    for (let item = 0; ; item++) {
      if (isObject ? (await document.key()) === key : String(item) === key) break;
      await document.skipValue();
      if ((await document.peek()) === close)
        throw missing(isObject ? NO_PATH.key(shorten(key)) : NO_PATH.item(shorten(key)));
      await document.expect(44, 'comma');
    }
    way.push({ isObject, key });
  }
  await document.peek();
  return way;
}

/** A path as RFC 6901 writes it. */
export function pointerText(path: readonly string[]): string {
  return path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Checks what stands behind the records to the document's end. Returns keys of the path that came again. */
export async function ascend(document: JsonDocument, way: Way): Promise<string[]> {
  const again: string[] = [];
  for (const { isObject, key } of way.toReversed())
    for (;;) {
      const next = await document.peek();
      if (next === (isObject ? 125 : 93)) {
        document.at++;
        break;
      }
      await document.expect(44, 'comma');
      if (isObject && (await document.key()) === key) again.push(key);
      await document.skipValue();
    }
  if ((await document.peek()) >= 0)
    throw document.unexpected('after', document.at, REMEDIES.sequence);
  return again;
}

/** The keys of a pointer; the empty text is the whole document. */
export function pointerKeys(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}
