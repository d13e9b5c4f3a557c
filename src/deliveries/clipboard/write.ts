// Gathers one small text file, which the page puts on the clipboard.
import { ExportError } from '../../contract/errors.ts';
import type { DeliveryContext, DeliveryWriter } from '../../contract/plugins.ts';
import type { ClipboardOptions } from './options.ts';
import { LIMIT_TEXT, NAME, NOT_TEXT } from './texts.ts';

const LIMIT_BYTES = 16 * 1024 * 1024;

export async function open(context: DeliveryContext<ClipboardOptions>): Promise<DeliveryWriter> {
  // A byte order mark would be pasted along, so the decoder drops it.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let parts: string[] = [];
  let isOpened = false;
  let isAborted = false;
  let size = 0;

  const requireKept = (): void => {
    if (isAborted)
      throw new ExportError('deliver.failed', { name: NAME, detail: 'it was given up' });
  };

  const decode = (bytes?: Uint8Array): void => {
    requireKept();
    try {
      parts.push(bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true }));
    } catch (cause) {
      throw new ExportError('deliver.failed', { name: NAME, detail: NOT_TEXT }, { cause });
    }
  };

  return {
    async openFile(name) {
      if (isOpened) throw new ExportError('deliver.one-file-only', { count: 2 });
      isOpened = true;
      requireKept();
      return {
        name,
        path: name,
        async write(bytes) {
          size += bytes.length;
          if (size > LIMIT_BYTES) throw new ExportError('deliver.too-large', { limit: LIMIT_TEXT });
          decode(bytes);
        },
        async close() {
          decode();
        },
      };
    },
    readBack: () => null,
    async commit() {
      return { kind: 'clipboard', text: parts.join(''), mediaType: context.mediaType };
    },
    async abort() {
      isAborted = true;
      parts = [];
    },
  };
}
