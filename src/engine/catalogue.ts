// The verb catalogue: every plug-in and option as plain JSON, for forms, flags and docs.
import { charsets } from '../charsets/registry.ts';
import type { Catalogue, CatalogueCard } from '../contract/verbs.ts';
import type { OptionSet } from '../contract/options.ts';
import type { Plugins } from './plugins.ts';

function cardOf(card: {
  id: string;
  title: string;
  purpose: string;
  options: OptionSet<unknown>;
}): CatalogueCard {
  return { id: card.id, title: card.title, purpose: card.purpose, options: card.options.fields };
}

export function catalogue(plugins: Plugins): Catalogue {
  return {
    sources: plugins.sources.map((card) => ({
      ...cardOf(card),
      input: card.input,
      extensions: card.extensions,
      hasTables: card.hasTables ?? false,
      isText: card.reads === 'text',
    })),
    origins: plugins.origins.map(cardOf),
    transforms: plugins.transforms.map(cardOf),
    formats: plugins.formats.map((card) => ({
      ...cardOf(card),
      ...(card.family && { family: card.family }),
      extension: card.extension,
      alsoNamed: card.alsoNamed ?? [],
      mediaType: card.mediaType,
      isText: card.isText,
      isRead: plugins.sources.some(({ id }) => id === card.id),
      isPackage: card.container !== undefined,
      holds: card.holds,
      ...(card.takesMany && { takesMany: card.takesMany }),
      presets: card.presets,
      losses: card.losses,
    })),
    archives: plugins.archives.map((card) => ({ ...cardOf(card), extension: card.extension })),
    codecs: plugins.codecs.map((card) => ({
      ...cardOf(card),
      extension: card.extension,
      canEncode: card.canEncode,
      canDecode: card.canDecode,
      encrypts: card.encrypts ?? false,
    })),
    charsets,
    deliveries: plugins.deliveries.map((card) => ({
      ...cardOf(card),
      doors: card.doors,
      needs: card.needs,
      takesMany: card.takesMany,
      hostOnly: card.hostOnly ?? false,
    })),
  };
}
