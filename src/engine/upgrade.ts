// The verb upgrade: any configuration we know of (this version, or the flat short forms) as ExportConfig v1.
import {
  createConfig,
  DEFAULT_CHARSET,
  type CharsetConfig,
  type ExportConfig,
  type StepConfig,
} from '../contract/config.ts';
import { parseConfig } from '../contract/config.schema.ts';
import { ExportError } from '../contract/errors.ts';
import { parseFilter } from '../contract/filter-text.ts';
import { nearestNames } from '../contract/nearest-names.ts';
import { invalidAt, isRecord, notHere, textAt } from './upgrade-checks.ts';
import { takeSplit } from './upgrade-split.ts';
import { readFormat } from './upgrade-format.ts';
import { readDestination, readSource } from './upgrade-places.ts';
import { readColumns, readDateRange } from './upgrade-steps.ts';

export interface Upgraded {
  config: ExportConfig;
  /** What was decided for the user, one sentence each. Never holds a password. */
  notes: string[];
}

/** The flat form's keys; S0 writes them in snake case, S1, S2 and S4 have further names for some. */
const ALIASES = new Map([
  ['batchSize', 'batch_size'],
  ['includeHeaders', 'include_headers'],
  ['dateFormat', 'date_format'],
  ['nullValues', 'null_values'],
  ['nullText', 'null_values'],
  ['dateColumn', 'date_column'],
  ['compress', 'compression'],
  ['rowLimit', 'limit'],
  ['row_limit', 'limit'],
  ['timeZone', 'time_zone'],
  ['ifExists', 'if_exists'],
]);

const KEYS = [
  ...['source', 'query', 'format', 'destination', 'encoding', 'compression', 'batch_size'],
  ...['include_headers', 'date_format', 'null_values', 'filters', 'date_column', 'columns'],
  ...['limit', 'offset', 'time_zone', 'if_exists', 'options', 'name'],
];

/** Says who wrote a template and why; nothing of the run. */
const METADATA = ['description', 'author', 'category', 'tags', 'version', 'template'];

/** Size of a batch that the flat form has when it names none; taken as said by nobody. */
const DEFAULT_BATCH_SIZE = 1000;

/**
 * Reads a configuration of any known shape.
 * - An object with `sources` or a numeric `version` is checked as ExportConfig; nothing is changed.
 * - The flat form `{source, query, format, destination, …}`, also under `inputs`.
 * Throws `config.invalid`, `config.newer-version`, `config.not-here` or `filter.syntax`. Giving the result back to `upgrade`
 * changes nothing.
 */
export function upgrade(input: unknown): Upgraded {
  if (!isRecord(input)) throw invalidAt('', 'must be an object');
  if (typeof input['version'] === 'number' || 'sources' in input || 'outputs' in input)
    return { config: parseConfig(input), notes: [] };
  const notes: string[] = [];
  return { config: parseConfig(fromFlat(flatten(input, notes), notes)), notes };
}

/** The flat form's values under their canonical names, out of `inputs` where they stand in it. */
function flatten(input: Record<string, unknown>, notes: string[]): Map<string, unknown> {
  const { inputs, ...around } = input;
  const values = new Map<string, unknown>();
  const take = (record: Record<string, unknown>, path: string): void => {
    for (const [given, value] of Object.entries(record)) {
      const key = ALIASES.get(given) ?? given;
      if (METADATA.includes(key)) continue;
      if (key === 'trigger' || key === 'schedule')
        throw notHere(
          'A schedule',
          'this version runs an export when it is asked to.',
          'Leave it out, and let the system’s own scheduler start the command line.',
        );
      if (key === 'steps')
        throw notHere(
          'A list of workflow steps',
          'reading, converting, checking and delivering always happen, in this order.',
          'Leave “steps” out.',
        );
      if (!KEYS.includes(key)) {
        const near = nearestNames(given, KEYS);
        throw invalidAt(
          `${path}${given}`,
          `is not known${near.length > 0 ? `; did you mean ${near.join(' or ')}?` : ''}`,
        );
      }
      if (values.has(key)) throw invalidAt(`${path}${given}`, `says “${key}” a second time`);
      if (value !== undefined && value !== null) values.set(key, value);
    }
  };
  if (inputs !== undefined) {
    if (!isRecord(inputs)) throw invalidAt('inputs', 'must be an object');
    take(inputs, 'inputs.');
  }
  take(around, '');
  const { template } = around;
  if (template !== undefined && template !== 'data-export')
    throw new ExportError('config.unknown-part', {
      kind: 'template',
      id: textAt(template, 'template'),
      known: 'data-export',
    });
  const metadata = METADATA.filter((key) => key !== 'template' && key in input);
  if (metadata.length > 0)
    notes.push(`Left out, as it says nothing about the run: ${metadata.join(', ')}.`);
  return values;
}

function fromFlat(values: Map<string, unknown>, notes: string[]): ExportConfig {
  const source = readSource(values.get('source'), notes);
  requireBatchSize(values.get('batch_size'), notes);
  const { timeoutMs, formatOptions } = readRunOptions(values.get('options'), notes);
  const charsetText = values.get('encoding') ?? formatOptions.get('encoding');
  formatOptions.delete('encoding');
  const packing = readPacking(values.get('compression') ?? formatOptions.get('compression'));
  formatOptions.delete('compression');
  const columns = values.get('columns') ?? formatOptions.get('columns');
  formatOptions.delete('columns');
  const delivery = readDestination(values.get('destination'), notes);
  const split = takeSplit(formatOptions);
  const format = readFormat(values, formatOptions, notes);

  const steps: StepConfig[] = [];
  const add = (kind: string, options: Record<string, unknown>): void => {
    steps.push({ id: `${kind}-${steps.length + 1}`, kind, enabled: true, options });
  };
  const where = readQuery(values.get('query'));
  if (where !== null) add('filter', { where });
  const range = readDateRange(values.get('filters'), values.get('date_column'), notes);
  if (range !== null) add('filter', { where: range });
  const select = readColumns(columns);
  if (select !== null) add('select', select);
  const limit = rowCount(values.get('limit'), 'limit');
  const offset = rowCount(values.get('offset'), 'offset');
  if (limit !== null || offset !== null) add('limit', { limit, offset: offset ?? 0 });

  const config = createConfig({
    source,
    format,
    delivery,
    steps,
    output: {
      charset: readCharset(charsetText, notes),
      ...packing,
      ...(split && { split }),
      ...(values.has('if_exists') && {
        // Checked with the rest of the configuration.
        ifExists: values.get('if_exists') as 'fail',
      }),
    },
    ...(values.has('name') && { name: textAt(values.get('name'), 'name') }),
  });
  if (values.has('time_zone')) config.timeZone = textAt(values.get('time_zone'), 'time_zone');
  if (timeoutMs !== null) config.limits.timeoutMs = timeoutMs;
  return config;
}

/** A filter in its text form; SQL and find() calls need a source that speaks them. */
function readQuery(query: unknown): string | null {
  if (query === undefined) return null;
  const text = textAt(query, 'query').trim();
  if (text === '' || text === '*') return null;
  if (/^(?:select|with)\s/i.test(text) || /^\w+\.find\s*\(/.test(text))
    throw notHere(
      'A database query',
      'a file or rows take a filter, and this version reads no database.',
      "Write the condition alone, such as: status = 'failed' and duration_ms > 250.",
    );
  parseFilter(text);
  return text;
}

/**
 * `batch_size` says how many rows a paged source is asked for at once. No source of the flat form is paged yet, so only the
 * default, which everyone's examples spell out, passes, and is noted.
 */
function requireBatchSize(given: unknown, notes: string[]): void {
  if (given === undefined) return;
  const size = rowCount(given, 'batch_size');
  if (size === 0) throw invalidAt('batch_size', 'must be at least 1');
  if (size !== DEFAULT_BATCH_SIZE)
    throw notHere(
      'batch_size',
      'it sets the rows per read of sources that are read in pages; files are read as a stream in constant memory.',
      'Leave batch_size out.',
    );
  notes.push('batch_size has no meaning for a source that is read as a stream; it was left out.');
}

function rowCount(given: unknown, path: string): number | null {
  if (given === undefined) return null;
  // YAML, flags and environments hand numbers over as text at times.
  const count = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0)
    throw invalidAt(path, 'must be a whole number, 0 or more');
  return count;
}

const UNIT_MS = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** `options` holds both the run's (time-out, log) and the format's; what is not the run's goes to the format. */
function readRunOptions(
  given: unknown,
  notes: string[],
): { timeoutMs: number | null; formatOptions: Map<string, unknown> } {
  if (given === undefined) return { timeoutMs: null, formatOptions: new Map() };
  if (!isRecord(given)) throw invalidAt('options', 'must be an object');
  const formatOptions = new Map(Object.entries(given));
  let timeoutMs: number | null = null;
  const timeout = formatOptions.get('timeout');
  if (timeout !== undefined) {
    const match = /^(\d+)\s*(ms|s|m|h)$/.exec(String(timeout));
    if (!match) throw invalidAt('options.timeout', 'must be a time such as 90s, 60m or 2h');
    timeoutMs = Number(match[1]) * UNIT_MS.get(match[2]!)!;
  }
  if (formatOptions.has('debug') || formatOptions.has('log_level'))
    notes.push('The log is not part of a configuration: use --log trace on the command line.');
  for (const key of ['timeout', 'debug', 'log_level']) formatOptions.delete(key);
  return { timeoutMs, formatOptions };
}

/** none, gzip, zip; true means gzip, false none. Other names are kept, for the engine to find or to refuse. */
function readPacking(given: unknown): {
  archive?: { id: string; options: Record<string, unknown> };
  compression?: { id: string; options: Record<string, unknown> };
} {
  if (given === undefined || given === false) return {};
  const id = given === true ? 'gzip' : textAt(given, 'compression').toLowerCase();
  if (id === 'none' || id === '') return {};
  if (id === 'zip') return { archive: { id, options: {} } };
  return { compression: { id: id === 'gz' ? 'gzip' : id, options: {} } };
}

const CHARSET_IDS = new Map([
  ['utf8', 'utf-8'],
  ['us-ascii', 'ascii'],
  ['latin1', 'iso-8859-1'],
  ['latin-1', 'iso-8859-1'],
  ['iso8859-1', 'iso-8859-1'],
  ['cp1252', 'windows-1252'],
]);

function readCharset(given: unknown, notes: string[]): CharsetConfig {
  if (given === undefined) return { ...DEFAULT_CHARSET };
  const name = textAt(given, 'encoding').toLowerCase().replaceAll('_', '-');
  if (name === 'utf-8-sig' || name === 'utf-8-bom')
    return { ...DEFAULT_CHARSET, id: 'utf-8', bom: true };
  if (name === 'utf-16' || name === 'utf16') {
    notes.push('utf-16 says no byte order: little endian with a byte order mark is written.');
    return { ...DEFAULT_CHARSET, id: 'utf-16le', bom: true };
  }
  return { ...DEFAULT_CHARSET, id: CHARSET_IDS.get(name) ?? name };
}
