// Finds the next page: in a Link header, or by JSON pointers in the answer.
import { ExportError, shorten } from '../../contract/errors.ts';
import { JsonDocument } from '../../contract/json-document.ts';
import { descend, pointerKeys } from '../../contract/json-path.ts';
import type { Limits } from '../../contract/config.ts';
import { HTTP_TEXTS } from './texts.ts';

const LINK = /[\s,]*<([^>]*)>/y;
const PARAMETER = /\s*;\s*([^\s;,="]*)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/y;

/** The target of rel="next" in a Link header (RFC 8288); null without one. */
export function linkedNext(header: string | null): string | null {
  const text = header ?? '';
  let at = 0;
  for (;;) {
    LINK.lastIndex = at;
    const link = LINK.exec(text);
    if (link === null) return null;
    at = LINK.lastIndex;
    let relations: string | null = null;
    for (;;) {
      PARAMETER.lastIndex = at;
      const parameter = PARAMETER.exec(text);
      if (parameter === null) break;
      at = PARAMETER.lastIndex;
      // Only the first counts.
      if (parameter[1]!.toLowerCase() === 'rel') relations ??= parameter[2] ?? parameter[3] ?? '';
    }
    if (relations?.toLowerCase().split(/\s+/).includes('next') === true) return link[1]!;
  }
}

/** The JSON text at a pointer, exactly as it stands; null where there is nothing. Throws `read.http.paging` for what is no JSON. */
export async function jsonAt(
  bytes: Uint8Array,
  pointer: string,
  address: string,
  limits: Limits,
): Promise<string | null> {
  const document = new JsonDocument(
    {
      kind: 'bytes',
      name: address,
      sizeBytes: bytes.length,
      once: false,
      async *open() {
        yield bytes;
      },
    },
    limits,
  );
  try {
    await descend(document, pointerKeys(pointer), address);
    await document.peek();
    const start = document.offset;
    await document.skipValue();
    return new TextDecoder().decode(bytes.subarray(start, document.offset)).trim();
  } catch (thrown) {
    if (!(thrown instanceof ExportError)) throw thrown;
    if (thrown.code === 'read.json.no-path') return null;
    throw new ExportError('read.http.paging', {
      address,
      detail: HTTP_TEXTS.notJson,
      remedy: HTTP_TEXTS.notJsonRemedy,
    });
  }
}

/** What a JSON text means as the place of the next page: text, the digits of a number, or nothing. */
export function nextValue(json: string | null, address: string): string | null {
  if (json === null || json === 'null' || json === 'false') return null;
  if (json.startsWith('"')) {
    const text = JSON.parse(json) as string;
    return text === '' ? null : text;
  }
  if (/^-?\d/.test(json)) return json;
  throw new ExportError('read.http.paging', {
    address,
    detail: HTTP_TEXTS.notNext(shorten(json, 40)),
    remedy: HTTP_TEXTS.notNextRemedy,
  });
}
