// Secrets that a config names without holding them: which it names, what they are called outside, and their values.
import type { Bindings } from './bindings.ts';
import type { ExportConfig } from './config.ts';
import { ExportError, shorten } from './errors.ts';
import type { Catalogue, CatalogueCard } from './verbs.ts';

/** How options name a secret. */
export interface SecretReference {
  secret: string;
}

/** Whether a value of an option is `{secret: 'id'}`. */
export function isSecretReference(value: unknown): value is SecretReference {
  if (typeof value !== 'object' || value === null) return false;
  const entries = Object.entries(value);
  return entries.length === 1 && entries[0]![0] === 'secret' && typeof entries[0]![1] === 'string';
}

/** The environment variable that the value of a secret is taken from: `EXPORT_SECRET_MY_KEY` of `my-key`. */
export function secretVariable(id: string): string {
  return `EXPORT_SECRET_${id.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
}

/** The value of a secret. Throws `config.secret-missing` where there is none, or an empty one. */
export function secretOf(bindings: Pick<Bindings, 'secrets'>, id: string): string {
  const { secrets = {} } = bindings;
  const value = Object.hasOwn(secrets, id) ? secrets[id] : undefined;
  if (value !== undefined && value !== '') return value;
  throw new ExportError('config.secret-missing', {
    id: shorten(id, 40),
    variable: secretVariable(shorten(id, 40)).slice('EXPORT_SECRET_'.length),
  });
}

/**
 * Ids of the secrets that may be asked for: those in the options of the config's parts, and those that their plug-ins name
 * where the options do not; in the order they stand, each once.
 */
export function secretIds(config: ExportConfig, catalogue: Catalogue): string[] {
  const ids = new Set<string>();
  const collect = (
    cards: readonly CatalogueCard[],
    id: string,
    options: Record<string, unknown>,
  ): void => {
    for (const { id: option, default: value } of cards.find((card) => card.id === id)?.options ??
      [])
      if (!Object.hasOwn(options, option) && isSecretReference(value)) ids.add(value.secret);
    for (const value of Object.values(options)) if (isSecretReference(value)) ids.add(value.secret);
  };
  for (const { kind, from, options } of config.sources) {
    if ('origin' in from) collect(catalogue.origins, from.origin, from.options);
    collect(catalogue.sources, kind, options);
  }
  for (const { steps } of config.datasets)
    for (const step of steps)
      if (step.enabled) collect(catalogue.transforms, step.kind, step.options);
  for (const { format, archive, compression, encryption, delivery } of config.outputs) {
    collect(catalogue.formats, format.id, format.options);
    if (archive) collect(catalogue.archives, archive.id, archive.options);
    for (const codec of [compression, encryption])
      if (codec) collect(catalogue.codecs, codec.id, codec.options);
    collect(catalogue.deliveries, delivery.id, delivery.options);
  }
  return [...ids];
}
