// Takes secrets out of a config before it goes into a report, a log, a template or a history.
import type { ExportConfig, Origin, PartConfig, SourceConfig } from './config.ts';
import { isSecretReference } from './secrets.ts';
import type { Catalogue, CatalogueCard } from './verbs.ts';

/** A value without what stands inside of it under the name of a secret option, where it may have been put by mistake. */
function withoutNested(value: unknown, secrets: ReadonlySet<string>): unknown {
  if (secrets.size === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withoutNested(item, secrets));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]): [string, unknown][] =>
      secrets.has(name) && typeof inner === 'string' ? [] : [[name, withoutNested(inner, secrets)]],
    ),
  );
}

function publicOptions(
  cards: readonly CatalogueCard[] | undefined,
  id: string,
  options: Record<string, unknown>,
): Record<string, unknown> {
  const fields = cards?.find((card) => card.id === id)?.options ?? [];
  const isPublic = new Map(fields.map((field) => [field.id, field.secret !== true]));
  const secrets = new Set(fields.filter((field) => field.secret).map((field) => field.id));
  return Object.fromEntries(
    Object.entries(options).flatMap(([option, value]): [string, unknown][] => {
      if (isPublic.get(option) === true) return [[option, withoutNested(value, secrets)]];
      return isPublic.has(option) && isSecretReference(value) ? [[option, value]] : [];
    }),
  );
}

/** A text without the name and password that an address in it may carry: `https://u:p@host` → `https://host`. */
export function withoutCredentials(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/?#]*@/gi, '$1');
}

/** Parameters of addresses that are made to be secret. */
const SECRET_PARAMETER =
  /([?&;](?:api[_-]?key|access[_-]?key|access[_-]?token|token|auth|secret|client[_-]?secret|password|passwd|pwd|sig|signature|x-(?:amz|goog)-(?:signature|credential|security-token))=)[^&#;]*/gi;

/** An address as it may be stored: without credentials, and with secret parameters emptied. */
function publicAddress(value: unknown): unknown {
  if (typeof value !== 'string' || !value.includes('://')) return value;
  return withoutCredentials(value).replace(SECRET_PARAMETER, '$1');
}

function withPublicAddresses(part: PartConfig): PartConfig {
  const shown = Object.entries(part.options).map(
    ([id, value]) => [id, publicAddress(value)] as const,
  );
  return { ...part, options: Object.fromEntries(shown) };
}

function publicOrigin(from: Origin, catalogue: Catalogue | null): Origin {
  if ('path' in from) return { path: withoutCredentials(from.path) };
  if ('binding' in from) return from;
  const options = publicOptions(catalogue?.origins, from.origin, from.options);
  const shown = Object.entries(options).map(([id, value]) => [id, publicAddress(value)] as const);
  return { ...from, options: Object.fromEntries(shown) };
}

/** Of a source whose kind the bytes tell, an option is public if every kind that has it says so. */
function sourceOptions(
  { kind, options }: SourceConfig,
  cards: readonly CatalogueCard[] | undefined,
): Record<string, unknown> {
  if (kind !== 'auto') return publicOptions(cards, kind, options);
  const owners = (cards ?? []).filter((card) =>
    card.options.some((field) => Object.hasOwn(options, field.id)),
  );
  return Object.fromEntries(
    Object.entries(options).filter(([id, value]) => {
      const having = owners.filter((card) => card.options.some((field) => field.id === id));
      return (
        having.length > 0 &&
        having.every((card) => Object.hasOwn(publicOptions([card], card.id, { [id]: value }), id))
      );
    }),
  );
}

/**
 * The config with only those options that are declared and not `secret` (or refer to a secret by id): what nobody declared
 * might be a secret misspelt. Without a catalogue no option stays.
 */
export function redactConfig(config: ExportConfig, catalogue: Catalogue | null): ExportConfig {
  const part = <P extends PartConfig | null>(
    cards: readonly CatalogueCard[] | undefined,
    given: P,
  ): P => given && { ...given, options: publicOptions(cards, given.id, given.options) };
  return {
    ...config,
    sources: config.sources.map((source) => ({
      ...source,
      from: publicOrigin(source.from, catalogue),
      options: sourceOptions(source, catalogue?.sources),
    })),
    datasets: config.datasets.map((dataset) => ({
      ...dataset,
      steps: dataset.steps.map((step) => ({
        ...step,
        options: publicOptions(catalogue?.transforms, step.kind, step.options),
      })),
    })),
    outputs: config.outputs.map((output) => ({
      ...output,
      format: part(catalogue?.formats, output.format),
      archive: part(catalogue?.archives, output.archive),
      compression: part(catalogue?.codecs, output.compression),
      encryption: part(catalogue?.codecs, output.encryption),
      delivery: withPublicAddresses(part(catalogue?.deliveries, output.delivery)),
    })),
  };
}
