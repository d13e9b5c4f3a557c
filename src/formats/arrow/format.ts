// The card of the arrow format.
import { indexColumns } from '../../contract/columns.ts';
import { shorten } from '../../contract/errors.ts';
import type { FormatCard } from '../../contract/format-plugin.ts';
import { ARROW_OPTIONS, type ArrowOptions } from './options.ts';
import { CARD_TEXTS, CHECK_TEXTS, PRESET_TEXTS } from './texts.ts';
import { readBackArrow } from './read-back.ts';

export const arrowFormat: FormatCard<ArrowOptions> = {
  id: 'arrow',
  ...CARD_TEXTS,
  family: 'analytics',
  extension: '.arrow',
  alsoNamed: [
    { extension: '.arrows', options: { container: 'stream' } },
    { extension: '.feather', options: {} },
    { extension: '.ipc', options: {} },
  ],
  mediaType: 'application/vnd.apache.arrow.file',
  fileKind: ({ container }) =>
    container === 'stream'
      ? { extension: '.arrows', mediaType: 'application/vnd.apache.arrow.stream' }
      : {},
  isText: false,
  parallel: 'stream',
  holds: { nulls: true, emptyText: true, types: true, nested: true, exactNumbers: true },
  options: ARROW_OPTIONS,
  packsBy: 'compression',
  presets: [
    { id: 'feather', ...PRESET_TEXTS.feather, options: { container: 'file', compression: 'lz4' } },
    { id: 'stream', ...PRESET_TEXTS.stream, options: { container: 'stream' } },
  ],
  losses: [],
  check: ({ schema }) =>
    [...indexColumns(schema)]
      .filter(([, places]) => places.length > 1)
      .map(([name]) => ({
        severity: 'warning',
        column: name,
        code: 'arrow.repeated-name',
        sentence: CHECK_TEXTS.repeatedName(shorten(name)),
      })),
  readBack: readBackArrow,
  load: async () => (await import('./encode.ts')).arrowModule,
};
