// The card of the xml format.
import type { FormatCard } from '../../contract/format-plugin.ts';
import { checkXml } from './check.ts';
import { XML_OPTIONS, type XmlOptions } from './options.ts';
import { CARD_TEXTS, CHECK_TEXTS, PRESET_TEXTS } from './texts.ts';
import { readBackXml } from './read-back.ts';

export const xmlFormat: FormatCard<XmlOptions> = {
  id: 'xml',
  ...CARD_TEXTS,
  family: 'records',
  extension: '.xml',
  mediaType: 'application/xml',
  isText: true,
  parallel: 'batch',
  holds: { nulls: true, emptyText: true, types: false, nested: true, exactNumbers: true },
  writesBeside: ({ grammar }) => grammar === 'xsd',
  options: XML_OPTIONS,
  presets: [
    { id: 'readable', ...PRESET_TEXTS.readable, options: { prettyPrint: true } },
    { id: 'attributes', ...PRESET_TEXTS.attributes, options: { columnsAs: 'attributes' } },
  ],
  losses: [
    { code: 'xml.illegal-escaped', kind: 'changed', isCounted: true, option: 'illegalCharacters' },
    { code: 'xml.illegal-replaced', kind: 'lost', isCounted: true, option: 'illegalCharacters' },
    { code: 'xml.illegal-removed', kind: 'lost', isCounted: true, option: 'illegalCharacters' },
    { code: 'xml.name-changed', kind: 'changed', isCounted: false, option: 'nameHandling' },
    { code: 'xml.name-repeated', kind: 'changed', isCounted: false },
    { code: 'xml.null-as-empty', kind: 'lost', isCounted: false, option: 'nullHandling' },
    {
      code: 'xml.nested-as-elements',
      kind: 'changed',
      isCounted: false,
      option: 'nested',
      remedy: { title: CHECK_TEXTS.nestedAsJson, options: { nested: 'json' } },
    },
  ],
  check: ({ options, schema, charset }) => checkXml(options, schema, charset),
  readBack: readBackXml,
  load: async () => (await import('./encode.ts')).xmlModule,
};
