// Plug-ins that only the byte-identity tests register: a format with a second entry, and a step that cuts batches small.
import { z } from 'zod';
import { defineOptions } from '../../src/contract/options.schema.ts';
import type { FormatCard } from '../../src/contract/format-plugin.ts';
import type { TransformCard } from '../../src/contract/transform-plugin.ts';
import type { Plugins } from '../../src/engine/plugins.ts';
import { selectedCount, selectedRow, sliceSelected } from '../../src/table/batch.ts';
import { cellText } from '../../src/table/cell-text.ts';

const encoder = new TextEncoder();

/** Writes one line a row, and a second entry with the count. */
const twoEntries: FormatCard<Record<string, never>> = {
  id: 'two-entries',
  title: 'Two entries',
  purpose: 'Shows that a format may write a further entry.',
  extension: '.lines',
  mediaType: 'text/plain',
  isText: true,
  parallel: 'batch',
  holds: { nulls: false, emptyText: false, types: false, nested: false, exactNumbers: true },
  options: defineOptions(z.object({}), {}),
  presets: [],
  losses: [],
  load: async () => ({
    openEncoder: () => ({
      begin: () => [{ bytes: encoder.encode('begin\n') }],
      encodeBatch(batch, at) {
        let text = '';
        for (let i = 0; i < selectedCount(batch); i++) {
          const cells = batch.columns.map(
            (_, c) => cellText(batch, selectedRow(batch, i), c) ?? '∅',
          );
          text += `${at.firstRow + i}: ${cells.join(' · ')}\n`;
        }
        return { segments: [{ bytes: encoder.encode(text) }], losses: [] };
      },
      end: ({ rowCount }) => [
        { bytes: encoder.encode('end\n') },
        { entry: { suffix: '.count' }, bytes: encoder.encode(`${rowCount}\n`) },
      ],
    }),
  }),
};

const recutOptions = defineOptions(z.object({ rows: z.number().int().min(1).default(1000) }), {
  'rows.title': 'Rows',
  'rows.help': 'Most rows of a batch.',
});

/** Cuts every batch into runs of `rows`. */
const recut: TransformCard<{ rows: number }> = {
  id: 'recut',
  title: 'Recut',
  purpose: 'Shows that batch cuts never matter.',
  options: recutOptions,
  load: async () => ({
    open: ({ options, schema }) => ({
      schema,
      async *apply(batches) {
        for await (const batch of batches)
          for (let from = 0; from < selectedCount(batch); from += options.rows)
            yield sliceSelected(batch, from, from + options.rows);
      },
    }),
  }),
};

export function withStubs(plugins: Plugins): Plugins {
  return {
    ...plugins,
    formats: [...plugins.formats, twoEntries],
    transforms: [...plugins.transforms, recut],
  };
}
