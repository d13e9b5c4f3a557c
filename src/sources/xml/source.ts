// The card of the XML source.
import type { SourceCard } from '../../contract/source-plugin.ts';
import { xmlOptions, type XmlOptions } from './options.ts';
import { looksLikeXml } from './recognise.ts';
import { XML_CARD } from './texts.ts';

export const xmlSource: SourceCard<XmlOptions> = {
  id: 'xml',
  ...XML_CARD,
  input: 'bytes',
  reads: 'text',
  extensions: ['xml', 'rss', 'atom', 'gpx', 'kml', 'rdf', 'osm', 'xsd'],
  mediaTypes: ['application/xml', 'text/xml'],
  recognise: looksLikeXml,
  columnsByName: () => true,
  options: xmlOptions,
  async load() {
    const [{ inspectXml }, { readXml }, { findXmlRecords }] = await Promise.all([
      import('./inspect.ts'),
      import('./read.ts'),
      import('./find-records.ts'),
    ]);
    return { inspect: inspectXml, read: readXml, findRecords: findXmlRecords };
  },
};
