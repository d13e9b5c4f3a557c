// File names: the pattern's variables filled in, unsafe characters replaced, parts and groups told apart.
import { codecs } from '../codecs/registry.ts';
import { sources } from '../sources/registry.ts';
import type { ExportConfig, OutputConfig } from '../contract/config.ts';
import { ExportError, shorten } from '../contract/errors.ts';
import { fillPattern, RESERVED, UNSAFE, variablesOf } from './name-pattern.ts';
import { foldedName, shortened } from './partition-names.ts';

/** What is the same for all files of a run. */
export interface NameFacts {
  name: string;
  source: string;
  jobId: string;
  startedAtMs: number;
  /** Labels of the columns that part the rows. */
  columns: readonly string[];
}

/** What is known of one file. */
export interface PartFacts {
  /** 0-based within its group; null where the output is not cut by rows or bytes. */
  part: number | null;
  /** What stands for the values of its group, see `partitionNames`; null without groups. */
  partition: string | null;
  /** Known at the end, when the file gets its name: parts of its group, its rows, the first 8 digits of its SHA-256. */
  parts?: number;
  rows?: number | string;
  hash8?: string;
}

const LONGEST_BYTES = 200;

const encoder = new TextEncoder();

/**
 * A name that every file system takes as one plain file: no separators, control characters or `<>:"|?*`, no leading dots,
 * no trailing dots or spaces, no device names, at most 200 bytes of UTF-8. Never empty.
 */
export function safeName(name: string): string {
  let safe = name
    // Longer than any name in the end, short enough that nothing below takes long.
    .slice(0, LONGEST_BYTES * 4)
    .replace(/\p{Cs}/gu, '_')
    .normalize('NFC')
    .replace(UNSAFE, '_')
    .replace(/^\.+/, '_')
    .replace(/[. ]+$/, '');
  safe = shortened(safe, LONGEST_BYTES).replace(/[. ]+$/, '');
  if (safe === '') safe = 'export';
  return RESERVED.test(safe) ? `_${safe}` : safe;
}

/** Whether files are cut by rows or bytes, so that there may be several for the same values. */
export function isNumbered({ split }: OutputConfig): boolean {
  return split?.rows !== undefined || split?.bytes !== undefined;
}

/** What of a name is known only when all is written: `parts`, `rows`, `hash8`. */
export function lateVariables(output: OutputConfig): string[] {
  const late = isNumbered(output) ? ['parts', 'rows', 'hash8'] : ['rows', 'hash8'];
  const used = variablesOf(output.naming.pattern);
  return late.filter((name) => used.has(name));
}

/** The pattern with what must stand in it so that no two files of the output are called the same. */
function wholePattern(output: OutputConfig): string {
  let { pattern } = output.naming;
  const used = variablesOf(pattern);
  if (output.split?.columns && !used.has('partition')) {
    if (output.split.layout === 'names')
      pattern = pattern.includes('{part}')
        ? pattern.replace('{part}', '-{partition}{part}')
        : `${pattern}-{partition}`;
    else pattern = `{partition}/${pattern}`;
  }
  return isNumbered(output) && !used.has('part') ? `${pattern}{part}` : pattern;
}

/** The name of one file with its folders, without extension. */
export function partName(output: OutputConfig, facts: NameFacts, part: PartFacts): string {
  return pathOf(wholePattern(output), output, facts, part);
}

/** The pattern without what tells one part: its number, the value of its rows, and the signs that lead to them. */
function partless(pattern: string): string {
  return pattern
    .replace(/[-_. ]*\{part(?::0+)?\}[-_. ]+of[-_. ]+\{parts\}/g, '')
    .replace(/(?<=[^/])[-_. ]+\{(?:part(?::0+)?|partition)\}/g, '')
    .replace(/\{(?:part(?::0+)?|partition)\}[-_. ]*/g, '');
}

/** The name of what holds or describes all files (an archive, a manifest), without extension. */
export function wholeName(
  output: OutputConfig,
  facts: NameFacts,
  known: Pick<PartFacts, 'rows' | 'hash8' | 'parts'> = {},
): string {
  const pattern = partless(output.naming.pattern);
  return pathOf(pattern, output, facts, { part: null, partition: null, ...known });
}

function pathOf(pattern: string, output: OutputConfig, facts: NameFacts, part: PartFacts): string {
  const text = (value: string): string =>
    value
      .slice(0, LONGEST_BYTES * 4)
      .normalize('NFC')
      .replace(UNSAFE, '_');
  const name = text(facts.name);
  const fill = (nameText: string): string[] => {
    const values = new Map([
      ['name', nameText],
      ['source', text(facts.source)],
      ['template', nameText],
      ['format', output.format.id],
      ['jobId', text(facts.jobId)],
      ['column', facts.columns.map(text).join('-')],
      ['partition', part.partition ?? ''],
      ['parts', String(part.parts ?? 1)],
      ['rows', String(part.rows ?? '')],
      ['hash8', part.hash8 ?? ''],
    ] as const);
    return fillPattern(pattern, values, { startedAtMs: facts.startedAtMs, part: part.part })
      .split('/')
      .filter((folder, at, all) => folder !== '' || (at === all.length - 1 && at === 0));
  };
  const sizeOf = (folders: readonly string[]): number =>
    Math.max(...folders.map((folder) => encoder.encode(folder).length));
  const tooMany = sizeOf(fill(name)) - LONGEST_BYTES;
  // What tells parts apart often stands behind the name: a long name gives way, not they.
  const times = Math.max(1, pattern.split('{name}').length - 1);
  const room = Math.max(0, encoder.encode(name).length - Math.ceil(tooMany / times));
  const folders = fill(tooMany > 0 ? shortened(name, room) : name);
  return folders.map(safeName).join('/') || 'export';
}

/** The names of one output's files; each once, also where upper and lower case are one. */
export class FileNames {
  readonly #taken = new Set<string>();

  /** Throws `encode.name-repeated`. */
  take(name: string): string {
    const folded = foldedName(name);
    if (this.#taken.has(folded))
      throw new ExportError('encode.name-repeated', { name: shorten(name), part: '{part}' });
    this.#taken.add(folded);
    return name;
  }
}

/** Endings that say how a file is read or packed. */
const ENDINGS = new Set([
  'zip',
  ...codecs.map((card) => card.extension.slice(1)),
  ...sources.flatMap((card) => card.extensions),
]);

/** A source's name without its extensions. */
export function sourceStem(sourceName: string): string {
  const parts = sourceName.split('.');
  while (parts.length > 1 && ENDINGS.has(parts.at(-1)!.toLowerCase())) parts.pop();
  return parts.join('.') || 'export';
}

/** What `{name}` stands for: the config's own name, else the source's without its extensions. */
export function outputName(config: ExportConfig, sourceName: string): string {
  return config.name !== '' && config.name !== 'export' ? config.name : sourceStem(sourceName);
}
