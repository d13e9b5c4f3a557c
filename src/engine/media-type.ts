// What a server says of its bytes, as far as it helps to read them: an extension for the name, and a charset.
import { findCharset } from '../charsets/registry.ts';
import type { SourceConfig } from '../contract/config.ts';
import type { Plugins } from './plugins.ts';
import { AUTO_KIND, unpackedName } from './recognise.ts';

/**
 * The source and the name with what the media type (`text/csv; charset=iso-8859-1`) adds: an extension where the name has
 * none that tells a kind, and the charset where none is set. UTF-8 is what servers say of everything: it is looked for.
 */
export function withMediaType(
  source: SourceConfig,
  name: string,
  mediaType: string | null,
  { sources, codecs }: Plugins,
): { source: SourceConfig; name: string } {
  const [type = '', ...parameters] = (mediaType ?? '').split(';').map((part) => part.trim());
  const extension = /\.([a-z0-9]+)$/.exec(unpackedName(name, codecs))?.[1];
  const isTold = sources.some((card) => extension && card.extensions.includes(extension));
  const card = sources.find(({ mediaTypes }) => mediaTypes.includes(type.toLowerCase()));
  const named =
    source.kind === AUTO_KIND && !isTold && card !== undefined && extension === undefined
      ? `${name}.${card.extensions[0]}`
      : name;
  const charset = /^charset=(.*)$/i.exec(parameters.find((one) => /^charset=/i.test(one)) ?? '');
  const label = charset?.[1]?.replaceAll('"', '') ?? '';
  const isOpen = source.charset === undefined || source.charset.id === 'auto';
  const found = isOpen && label !== '' ? charsetOf(label) : null;
  if (found === null || found === 'utf-8') return { source, name: named };
  return {
    source: { ...source, charset: { onInvalid: 'fail', ...source.charset, id: found } },
    name: named,
  };
}

function charsetOf(label: string): string | null {
  try {
    return findCharset(label).id;
  } catch {
    return null;
  }
}
