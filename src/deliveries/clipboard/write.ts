// Gathers one small text file and its rows as a table, which the page puts on the clipboard together.
import { ExportError, shorten } from '../../contract/errors.ts';
import type { DeliveryContext, DeliveryWriter } from '../../contract/delivery-plugin.ts';
import type { Loss } from '../../contract/report.ts';
import { createHtmlTable } from './html-table.ts';
import type { ClipboardOptions } from './options.ts';
import { createTabText } from './tab-text.ts';
import { LIMIT_TEXT, LOSS_TEXTS, NAME, NOT_TEXT } from './texts.ts';

const LIMIT_BYTES = 16 * 1024 * 1024;

const tooLarge = (): ExportError => new ExportError('deliver.too-large', { limit: LIMIT_TEXT });

export async function open(context: DeliveryContext<ClipboardOptions>): Promise<DeliveryWriter> {
  // A byte order mark would be pasted along, so the decoder drops it.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let parts: string[] = [];
  const table = context.options.table ? createHtmlTable(context.options.formulaGuard) : null;
  const tabs = context.options.text === 'tabs' ? createTabText() : null;
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
    seeRows(batch, place) {
      const losses: Loss[] = [];
      const lose = (code: keyof typeof LOSS_TEXTS, count: number, example?: string): void => {
        if (count === 0) return;
        losses.push({ code, sentence: LOSS_TEXTS[code], count, ...(example && { example }) });
      };
      if (table !== null) {
        const { left, guarded, example } = table.add(batch, place);
        lose('clipboard.table-cut', left);
        lose('clipboard.formula-guarded', guarded, shorten(example));
      }
      tabs?.add(batch, place);
      if (tabs !== null && tabs.size > LIMIT_BYTES) throw tooLarge();
      return losses;
    },
    async openFile(name) {
      if (isOpened) throw new ExportError('deliver.one-file-only', { count: 2 });
      isOpened = true;
      requireKept();
      return {
        name,
        path: name,
        async write(bytes) {
          size += bytes.length;
          if (size > LIMIT_BYTES) throw tooLarge();
          decode(bytes);
        },
        async close() {
          decode();
        },
      };
    },
    readBack: () => null,
    async commit() {
      const text = tabs?.text() ?? parts.join('');
      const html = table?.html() ?? null;
      return {
        kind: 'clipboard',
        text,
        mediaType: tabs === null ? context.mediaType : 'text/tab-separated-values',
        ...(html !== null && { html }),
      };
    },
    async abort() {
      isAborted = true;
      parts = [];
    },
  };
}
