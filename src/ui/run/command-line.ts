// A plan as the line for the command line that makes the same bytes, beside the file it reads.
import {
  createConfig,
  DEFAULT_CHARSET,
  DEFAULT_LIMITS,
  type ExportConfig,
  type OutputConfig,
  type PartConfig,
  type SourceConfig,
  type SplitConfig,
  type StepConfig,
} from '../../contract/config.ts';
import type { Catalogue, CatalogueCard } from '../../contract/verbs.ts';
import { verifyLevelOf } from '../../contract/verify-level.ts';
import { isSameValue } from '../form/show-value.ts';

import { FILE_BINDING, fileNameOf, AUTO_KIND } from '../input.ts';
import { filterTextOf } from '../plan/steps.ts';
import { flagText, flagWords, setWords, shellWord } from './flag-text.ts';

/** A longer line is no help: the plan then goes into a file of its own. */
const LONGEST_LINE = 1500;

export interface CommandLine {
  line: string;
  /** The plan, to be saved under this name where the line is run; null: the line says all. */
  file: { name: string; text: string } | null;
}

/** What the line is about, as the run knew it. */
export interface RanExport {
  config: ExportConfig;
  /** Name of the file that was read. */
  sourceName: string;
  /** Names of the files that its other sources read, by their ids. */
  otherNames?: ReadonlyMap<string, string>;
  /** Names of the files that were written. */
  fileNames: readonly string[];
  /** The run's clock, in ms since 1970. */
  startedAtMs: number;
}

export function commandLineOf(given: RanExport, catalogue: Catalogue): CommandLine {
  const ran = { ...given, config: withFilePaths(given.config) };
  const before = usesClock(ran.config, catalogue)
    ? `SOURCE_DATE_EPOCH=${Math.floor(ran.startedAtMs / 1000)} `
    : '';
  const words = flagsOf(ran, catalogue);
  const line = words === null ? null : `${before}export-studio run ${words.join(' ')}`;
  if (line !== null && line.length <= LONGEST_LINE) return { line, file: null };
  const name = `${ran.config.name.replace(/[^\w.-]+/g, '_').replace(/^[.-]+/, '') || 'export'}.export.json`;
  const text = `${JSON.stringify(configForFiles(ran), null, 2)}\n`;
  return { line: `${before}export-studio run ${shellWord(name)}`, file: { name, text } };
}

/** The plan with paths in the place of files that options name, which the command line looks for where it runs. */
function withFilePaths(config: ExportConfig): ExportConfig {
  const text = JSON.stringify(config.outputs, (_, value: unknown) => {
    const { binding } = (value ?? {}) as { binding?: unknown };
    return typeof binding === 'string' && binding.startsWith(FILE_BINDING)
      ? { path: fileNameOf(binding) }
      : value;
  });
  return { ...config, outputs: JSON.parse(text) as OutputConfig[] };
}

/** The folder or file that the command line writes. */
function destinationOf({ config, sourceName, otherNames, fileNames }: RanExport): string {
  const output = config.outputs[0]!;
  const [name] = fileNames;
  // Never onto what is read: a folder of its own, which is made, takes the same name.
  if ([sourceName, ...(otherNames?.values() ?? [])].some((each) => fileNames.includes(each)))
    return './exports/';
  if (name === undefined || fileNames.length > 1 || (output.split && !output.archive)) return './';
  return name.startsWith('-') || name.includes('://') ? `./${name}` : name;
}

/** The plan with paths in the place of what the page handed over. */
function configForFiles(ran: RanExport): ExportConfig {
  const path = destinationOf(ran);
  return {
    ...ran.config,
    sources: ran.config.sources.map((source, i) => {
      const path = i === 0 ? ran.sourceName : ran.otherNames?.get(source.id);
      return path === undefined ? source : { ...source, from: { path } };
    }),
    outputs: ran.config.outputs.map((output) => ({
      ...output,
      delivery: { id: 'path', options: { path } },
    })),
  };
}

/** Whether the time of the run stands in the bytes or in the names. */
function usesClock({ outputs }: ExportConfig, catalogue: Catalogue): boolean {
  return outputs.some(({ format, archive, naming }) => {
    const card = catalogue.formats.find((each) => each.id === format.id);
    return (
      archive !== null ||
      card?.isText !== true ||
      format.options.includeMetadata === true ||
      /\{(date|time)\}/.test(naming.pattern)
    );
  });
}

/** The flags in their order; null where flags cannot say it. */
function flagsOf(ran: RanExport, catalogue: Catalogue): string[] | null {
  const { config } = ran;
  const [source, dataset, output] = [config.sources[0], config.datasets[0], config.outputs[0]];
  if (!source || !dataset || !output) return null;
  const isPlain =
    config.sources.length + config.datasets.length + config.outputs.length === 3 &&
    dataset.from === source.id &&
    output.datasets.length === 1 &&
    output.encryption === null &&
    (output.archive === null || output.compression === null);
  // Such names would be taken for patterns or addresses.
  if (!isPlain || /[*?]|:\/\/|^-/.test(ran.sourceName)) return null;
  const steps = stepFlags(dataset.steps, catalogue);
  if (steps === null) return null;
  return [
    ...sourceFlags(ran.sourceName, source, catalogue),
    ...steps,
    ...outputFlags(output, catalogue),
    flagWords('--destination', destinationOf(ran)),
    ...otherFlags(config),
  ];
}

function sourceFlags(name: string, source: SourceConfig, catalogue: Catalogue): string[] {
  const words = [flagWords('--source', name)];
  if (source.kind !== AUTO_KIND) words.push(flagWords('--source-kind', source.kind));
  const { charset, compression, columns, table } = source;
  if (charset !== undefined && charset.onInvalid !== 'fail')
    words.push(setWords('sources.0.charset', charset));
  else if (charset !== undefined && charset.id !== 'auto')
    words.push(flagWords('--source-encoding', charset.id));
  if (compression !== undefined && compression !== 'auto')
    words.push(setWords('sources.0.compression', compression));
  if (table !== undefined) words.push(setWords('sources.0.table', table));
  if (columns !== undefined && columns.length > 0)
    words.push(setWords('sources.0.columns', columns));
  const card = catalogue.sources.find((each) => each.id === source.kind);
  return [...words, ...optionFlags('source', card, source.options, 'sources.0.options')];
}

/** Only what flags make in the same order: a filter, then columns and the limit, which do not mind each other. */
function stepFlags(steps: readonly StepConfig[], catalogue: Catalogue): string[] | null {
  const enabled = steps.filter((step) => step.enabled);
  const kinds = enabled.map((step) => step.kind);
  if (new Set(kinds).size < kinds.length || kinds.indexOf('filter') > 0) return null;
  const words: string[] = [];
  for (const { kind, options } of enabled) {
    if (kind === 'filter') {
      const text = filterTextOf(options).trim();
      // Flags take these for queries of a database, or for all rows.
      if (Object.keys(options).some((key) => key !== 'where')) return null;
      if (/^(select|with)\s|^\w+\.find\s*\(|^\*?$/i.test(text)) return null;
      words.push(flagWords('--filter', text));
    } else if (kind === 'select' || kind === 'limit') {
      const card = catalogue.transforms.find((each) => each.id === kind);
      for (const [id, value] of Object.entries(options)) {
        const field = card?.options.find((each) => each.id === id);
        if (field !== undefined && isSameValue(value, field.default)) continue;
        const text = field && flagText(field, value);
        if (text === undefined || text === null) return null;
        words.push(flagWords(kind === 'limit' ? `--${id}` : `--step.${kind}.${id}`, text));
      }
    } else return null;
  }
  return words;
}

function outputFlags(output: OutputConfig, catalogue: Catalogue): string[] {
  const { format, charset, archive, compression, split, naming, ifExists, verify } = output;
  const words = [flagWords('--format', format.id)];
  const option = (group: string, cards: readonly CatalogueCard[], part: PartConfig | null) =>
    part === null
      ? []
      : optionFlags(
          group,
          cards.find((card) => card.id === part.id),
          part.options,
          `outputs.0.${group}.options`,
        );
  words.push(...option('format', catalogue.formats, format));
  if (charset.id !== DEFAULT_CHARSET.id) words.push(flagWords('--encoding', charset.id));
  for (const key of ['bom', 'onLoss', 'replacement'] as const)
    if (charset[key] !== DEFAULT_CHARSET[key])
      words.push(setWords(`outputs.0.charset.${key}`, charset[key]));
  words.push(flagWords('--compression', (archive ?? compression)?.id ?? 'none'));
  words.push(...option('archive', catalogue.archives, archive));
  words.push(...option('compression', catalogue.codecs, compression));
  if (split !== null) words.push(...splitFlags(split));
  if (output.manifest === true) words.push('--manifest');
  if (naming.pattern !== '{name}{part}') words.push(flagWords('--name', naming.pattern));
  if (ifExists !== 'fail') words.push(flagWords('--if-exists', ifExists));
  const level = verifyLevelOf(verify);
  if (level === null) words.push(setWords('outputs.0.verify', verify));
  else {
    if (level !== 'checksum') words.push(flagWords('--verify', level));
    if (verify.duplicates === true) words.push(setWords('outputs.0.verify.duplicates', true));
  }
  return words;
}

function splitFlags({
  rows,
  bytes,
  columns,
  layout,
  keepColumns,
  mostValues,
}: SplitConfig): string[] {
  const way = (text: string): string => flagWords('--split', text);
  // The flag says names alone, one column with a comma or quotes in its name in quotes.
  if (columns?.some(({ nth, values }) => nth || values))
    return [setWords('outputs.0.split', { rows, bytes, columns, layout, keepColumns, mostValues })];
  return [
    ...(columns ?? []).map(({ name, part }) =>
      way(
        part ? `date=${name}:${part}` : `by=${/[,"]/.test(name) ? JSON.stringify([name]) : name}`,
      ),
    ),
    ...(rows === undefined ? [] : [way(`rows=${rows}`)]),
    ...(bytes === undefined ? [] : [way(`bytes=${bytes}`)]),
    ...(layout === undefined ? [] : [way(`layout=${layout}`)]),
    ...(keepColumns === undefined ? [] : [way(keepColumns ? 'keep-columns' : 'keep-columns=no')]),
    ...(mostValues === undefined ? [] : [way(`most-values=${mostValues}`)]),
  ];
}

function otherFlags(config: ExportConfig): string[] {
  const usual = createConfig({
    source: { kind: '', from: { path: '' } },
    format: { id: '', options: {} },
    delivery: { id: '', options: {} },
  });
  const words: string[] = [];
  if (config.name !== usual.name) words.push(setWords('name', config.name));
  if (config.timeZone !== usual.timeZone) words.push(flagWords('--time-zone', config.timeZone));
  if (config.seed !== usual.seed) words.push(setWords('seed', config.seed));
  for (const key of Object.keys(DEFAULT_LIMITS) as (keyof typeof DEFAULT_LIMITS)[])
    if (config.limits[key] !== DEFAULT_LIMITS[key])
      words.push(setWords(`limits.${key}`, config.limits[key]));
  return words;
}

/** Options by their own flags where those can say the value, else by their place in the plan. */
function optionFlags(
  group: string,
  card: CatalogueCard | undefined,
  options: Readonly<Record<string, unknown>>,
  path: string,
): string[] {
  return Object.entries(options).flatMap(([id, value]) => {
    const field = card?.options.find((each) => each.id === id);
    if (field !== undefined && isSameValue(value, field.default)) return [];
    const text = field && flagText(field, value);
    return text === undefined || text === null
      ? [setWords(`${path}.${id}`, value)]
      : [flagWords(`--${group}.${id}`, text)];
  });
}
