// What the variables of the environment say of an export.
import type { ExportConfig, OutputConfig, PartConfig } from '../../contract/config.ts';
import { ExportError } from '../../contract/errors.ts';
import type { Catalogue, CatalogueCard } from '../../contract/verbs.ts';

/** The part of the environment that configures exports. */
export type ExportEnvironment = Readonly<Record<string, string | undefined>>;

const FALLBACK_FOLDER = './exports';

/** Where files go of which nobody says it, with a note that they do. */
export function fallbackFolder(environment: ExportEnvironment, notes: string[]): string {
  const given = environment['EXPORT_DEFAULT_PATH'] || FALLBACK_FOLDER;
  const folder = given.endsWith('/') ? given : `${given}/`;
  notes.push(`No destination is given: the files go into ${folder}.`);
  return folder;
}

/** EXPORT_COMPRESSION_LEVEL, where something is packed, has levels and says none. */
export function applyLevel(
  output: OutputConfig,
  catalogue: Catalogue,
  environment: ExportEnvironment,
): void {
  const text = environment['EXPORT_COMPRESSION_LEVEL'];
  if (text === undefined || text === '') return;
  if (!/^[1-9]$/.test(text))
    throw new ExportError('config.wrong-option', {
      path: 'EXPORT_COMPRESSION_LEVEL',
      detail: `“${text}” is not a level from 1 to 9.`,
    });
  const pairs: [PartConfig | null, readonly CatalogueCard[]][] = [
    [output.archive, catalogue.archives],
    [output.compression, catalogue.codecs],
  ];
  for (const [part, cards] of pairs) {
    const hasLevel = cards
      .find((card) => card.id === part?.id)
      ?.options.some((field) => field.id === 'level');
    if (part !== null && hasLevel === true) part.options['level'] ??= Number(text);
  }
}

/** EXPORT_BATCH_SIZE and EXPORT_MAX_RETRIES, where an address is read and says neither; elsewhere they mean nothing. */
export function applyNetwork(
  { sources }: ExportConfig,
  environment: ExportEnvironment,
  notes: string[],
): void {
  const addresses = sources.flatMap(({ from }) =>
    'origin' in from && from.origin === 'http' ? [from.options] : [],
  );
  const variables = [
    [
      'EXPORT_BATCH_SIZE',
      'pageSize',
      /^[1-9]\d{0,8}$/,
      'it is for addresses that are read in pages',
    ],
    ['EXPORT_MAX_RETRIES', 'retries', /^\d{1,2}$/, 'it is for addresses that are asked again'],
  ] as const;
  for (const [variable, option, form, why] of variables) {
    const text = environment[variable];
    if (text === undefined || text === '') continue;
    if (addresses.length === 0) notes.push(`${variable} is not used: ${why}, and nothing here is.`);
    else if (!form.test(text))
      throw new ExportError('config.wrong-option', {
        path: variable,
        detail: `“${text.slice(0, 40)}” is not a number that it can be.`,
      });
    else for (const options of addresses) options[option] ??= Number(text);
  }
}
