// From a configuration file (or none) and flags to the configuration that runs. Flags override the file.
import {
  LOSS_POLICIES,
  type ColumnEdit,
  type DatasetConfig,
  type ExportConfig,
  type FilesConfig,
  type OutputConfig,
  type PartConfig,
  type SourceConfig,
} from '../../contract/config.ts';
import { parseConfig } from '../../contract/config.schema.ts';
import { ExportError } from '../../contract/errors.ts';
import { nearestNames } from '../../contract/nearest-names.ts';
import type { Catalogue } from '../../contract/verbs.ts';
import { atVerifyLevel, VERIFY_LEVELS } from '../../contract/verify-level.ts';
import { upgrade } from '../../engine/upgrade.ts';
import { applyOptions, stepOptions, type Parts } from './apply-options.ts';
import { applyLevel, applyNetwork, fallbackFolder, type ExportEnvironment } from './environment.ts';
import { conflict, wrongFlag } from './flag-errors.ts';
import type { ConfigFlags } from './flags.ts';
import { splitList } from './option-flags.ts';
import { setValue } from './set-value.ts';
import { parseSplit } from './split-flag.ts';
import { addSteps } from './step-flags.ts';

export interface MadeConfig {
  config: ExportConfig;
  notes: string[];
}

/** `base` is the parsed file, or undefined. Throws `config.*` and `filter.*` errors. */
export function makeConfig(
  base: unknown,
  given: ConfigFlags,
  catalogue: Catalogue,
  environment: ExportEnvironment,
): MadeConfig {
  const notes: string[] = [];
  const flags = withDestination(given);
  const start = startConfig(base, flags, catalogue, environment, notes);
  const config = structuredClone(start);
  const output = only(config.outputs, 'outputs');
  // Several sources or data sets are no matter as long as no flag speaks of one.
  const parts: Parts = {
    output,
    inOrder: [],
    get source() {
      return only(config.sources, 'sources');
    },
    get dataset() {
      return datasetOf(config, output);
    },
  };

  applySource(parts, flags);
  if (flags.format !== undefined) {
    const format = requireId(flags.format, catalogue.formats, 'format');
    if (output.format.id !== format) output.format = { id: format, options: {} };
  }
  if (flags.preset !== undefined) applyPreset(output, flags.preset, catalogue);
  if (flags.encoding !== undefined)
    output.charset = {
      ...output.charset,
      ...fromFlat({ encoding: flags.encoding }, notes).outputs[0]!.charset,
    };
  if (flags.encodingLoss !== undefined) {
    const onLoss = LOSS_POLICIES.find((each) => each === flags.encodingLoss);
    if (onLoss === undefined)
      throw wrongFlag('encoding-loss', `it has to be one of ${LOSS_POLICIES.join(', ')}.`);
    output.charset = { ...output.charset, onLoss };
  }
  if (flags.compression !== undefined) applyPacking(output, flags.compression, catalogue);
  if (flags.encryption !== undefined) applyEncryption(output, flags.encryption, catalogue);
  if (flags.destination !== undefined) {
    const { delivery } = fromFlat({ destination: flags.destination }, notes).outputs[0]!;
    const isSame = delivery.id === output.delivery.id;
    output.delivery = isSame
      ? { ...delivery, options: { ...output.delivery.options, ...delivery.options } }
      : delivery;
  }
  if (flags.ifExists !== undefined) output.ifExists = flags.ifExists as OutputConfig['ifExists'];
  if (flags.splitRows !== undefined)
    output.split = { ...output.split, rows: wholeNumber('split-rows', flags.splitRows) };
  if (flags.split !== undefined) output.split = parseSplit(flags.split, output.split);
  if (flags.manifest === true) output.manifest = true;
  if (flags.verify !== undefined) {
    const level = VERIFY_LEVELS.find((each) => each === flags.verify);
    if (level === undefined)
      throw wrongFlag('verify', `it has to be one of ${VERIFY_LEVELS.join(', ')}.`);
    output.verify = atVerifyLevel(output.verify, level);
  }
  if (flags.name !== undefined) output.naming = { pattern: flags.name };
  if (flags.timeZone !== undefined) config.timeZone = flags.timeZone;

  if (flags.step !== undefined && flags.step.length > 0)
    parts.inOrder = addSteps(parts.dataset, flags.step, catalogue);
  applySteps(parts, flags);
  applyOptions(flags.options, parts);
  applyLevel(output, catalogue, environment);
  applyNetwork(config, environment, notes);
  for (const value of flags.set ?? []) setValue(config, value);
  return { config: parseConfig(config), notes };
}

/** A place that only an option of the delivery names is the destination: its name says as much of format and packing. */
function withDestination(flags: ConfigFlags): ConfigFlags {
  if (flags.destination !== undefined) return flags;
  const place = flags.options.find(([{ name }]) => PLACES.includes(name));
  return place === undefined ? flags : { ...flags, destination: place[1] };
}

const PLACES = ['delivery.path', 'delivery.url'];

function startConfig(
  base: unknown,
  flags: ConfigFlags,
  catalogue: Catalogue,
  environment: ExportEnvironment,
  notes: string[],
): ExportConfig {
  const given = base ?? {};
  if (!isFlat(given)) return take(upgrade(given), notes);
  // Where the values stand: under `inputs`, or plainly.
  const { inputs: nested = {}, ...around } = given;
  if (typeof nested !== 'object' || nested === null) return take(upgrade(given), notes);
  const flat: Record<string, unknown> = { ...around, ...nested };
  if (flags.source !== undefined) flat['source'] = flags.source;
  else if (flat['source'] === undefined)
    throw new ExportError('config.binding-missing', { binding: '--source' });
  if (flags.destination !== undefined) flat['destination'] = flags.destination;
  else flat['destination'] ??= fallbackFolder(environment, notes);
  if (flags.destination === undefined) return take(upgrade(flat), notes);
  const { options, ...implied } = impliedByName(
    flags.destination,
    { ...flat, ...flags },
    catalogue,
    notes,
  );
  const config = take(upgrade({ ...flat, ...implied }), notes);
  const { format } = config.outputs[0]!;
  format.options = { ...options, ...format.options };
  return config;
}

function isFlat(given: unknown): given is Record<string, unknown> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return false;
  const record = given as Record<string, unknown>;
  return typeof record['version'] !== 'number' && !('sources' in record) && !('outputs' in record);
}

function take(upgraded: MadeConfig, notes: string[]): ExportConfig {
  notes.push(...upgraded.notes);
  return upgraded.config;
}

/** Parts of the flat form as the parts of a configuration; only what the values say is to be used. */
function fromFlat(values: Record<string, unknown>, notes: string[]): ExportConfig {
  const whole = { source: '-', destination: '-', ...values };
  return take(upgrade(whole), notes);
}

/** What the name of the destination says about format and packing, where nothing else says it. */
function impliedByName(
  destination: string,
  given: Record<string, unknown>,
  catalogue: Catalogue,
  notes: string[],
): { format?: string; compression?: string; options?: Readonly<Record<string, unknown>> } {
  const implied: { format?: string; compression?: string } = {};
  let options: Readonly<Record<string, unknown>> = {};
  const path = /^https?:/i.test(destination) ? destination.replace(/[?#].*$/s, '') : destination;
  let name = path.replace(/^.*[/\\]/, '').toLowerCase();
  const packing = [...packingCodecs(catalogue), ...catalogue.archives].find((card) =>
    name.endsWith(card.extension),
  );
  if (packing) {
    name = name.slice(0, -packing.extension.length);
    if (given['compression'] === undefined && given['compress'] === undefined)
      implied.compression = packing.id;
  }
  if (given['format'] === undefined) {
    const extension = /\.[a-z0-9]+$/.exec(name)?.[0];
    for (const { id, extension: own, alsoNamed } of catalogue.formats) {
      const also = alsoNamed.find((named) => named.extension === extension);
      if (own !== extension && also === undefined) continue;
      implied.format = id;
      options = also?.options ?? {};
    }
  }
  const said = Object.entries(implied).map(([key, value]) => `${key} ${String(value)}`);
  if (said.length > 0) notes.push(`From the name of the destination: ${said.join(', ')}.`);
  return { ...implied, options };
}

/** Codecs that outputs may be packed with. */
function packingCodecs(catalogue: Catalogue): Catalogue['codecs'] {
  return catalogue.codecs.filter((card) => card.canEncode && !card.encrypts);
}

function only<T>(list: readonly T[], what: string): T {
  if (list.length === 1) return list[0]!;
  throw conflict(
    `The configuration has ${list.length} ${what}, and flags speak of one.`,
    'Run a configuration with one.',
  );
}

function wholeNumber(flag: string, text: string): number {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw wrongFlag(flag, `“${text}” is not a whole number.`);
}

function requireId(id: string, cards: readonly { id: string }[], kind: string): string {
  const { format } = fromFlat({ format: id }, []).outputs[0]!;
  const known = cards.map((card) => card.id);
  if (known.includes(format.id)) return format.id;
  const near = nearestNames(id, known);
  throw new ExportError('config.unknown-part', {
    kind,
    id,
    known: (near.length > 0 ? near : known).join(', '),
  });
}

function applySource(parts: Parts, flags: ConfigFlags): void {
  const speaks = ([name, value]: [string, unknown]): boolean =>
    name.startsWith('source') && value !== undefined;
  if (!Object.entries(flags).some(speaks)) return;
  const { source } = parts;
  if (flags.source !== undefined) {
    const given = fromFlat({ source: flags.source }, []).sources[0]!;
    const isSame =
      'origin' in given.from && 'origin' in source.from && given.from.origin === source.from.origin;
    // Another address of the same API keeps its sign-in and paging.
    source.from = isSame
      ? { ...given.from, options: { ...originOptions(source), ...originOptions(given) } }
      : given.from;
    if (source.kind === 'rows') source.kind = given.kind;
  }
  if (flags.sourceKind !== undefined) source.kind = flags.sourceKind;
  if (flags.sourceEncoding !== undefined)
    source.charset = { onInvalid: 'fail', ...source.charset, id: flags.sourceEncoding };
  if (flags['source.table'] !== undefined) source.table = flags['source.table'];
  if (flags['source.compression'] !== undefined) source.compression = flags['source.compression'];
  const files = {
    match: flags['source.files.match'],
    nameColumn: flags['source.files.nameColumn'],
    columns: flags['source.files.columns'] as FilesConfig['columns'] | undefined,
  };
  const given = Object.entries(files).filter(([, value]) => value !== undefined);
  if (given.length > 0)
    source.files = { columns: 'same', ...source.files, ...Object.fromEntries(given) };
  if (flags.columnEdits !== undefined)
    source.columns = mergeEdits(source.columns, flags.columnEdits);
  if (flags['source.watermark'] !== undefined)
    source.watermark = { column: { name: flags['source.watermark'] } };
}

/** What is said of a column stands over what was said of it before, property by property. */
function mergeEdits(
  before: readonly ColumnEdit[] = [],
  given: readonly ColumnEdit[],
): ColumnEdit[] {
  const isSame = (a: ColumnEdit, b: ColumnEdit): boolean =>
    a.column.name === b.column.name && (a.column.nth ?? 0) === (b.column.nth ?? 0);
  const merged = before.map((edit) => ({ ...edit, ...given.find((each) => isSame(each, edit)) }));
  return [...merged, ...given.filter((edit) => !before.some((each) => isSame(each, edit)))];
}

function originOptions({ from }: Pick<SourceConfig, 'from'>): Record<string, unknown> {
  return 'origin' in from ? from.options : {};
}

/** The format's options, and the charset they need, as the preset has them and nothing else. */
function applyPreset(output: OutputConfig, id: string, { formats }: Catalogue): void {
  const presets = formats.find((card) => card.id === output.format.id)?.presets ?? [];
  const preset = presets.find((each) => each.id === id);
  if (preset === undefined) {
    const known = presets.map((each) => each.id);
    const near = nearestNames(id, known);
    throw new ExportError('config.unknown-part', {
      kind: `preset of ${output.format.id}`,
      id,
      known: (near.length > 0 ? near : known).join(', '),
    });
  }
  output.format = { ...output.format, options: structuredClone(preset.options) };
  if (preset.output?.charset) output.charset = { ...output.charset, ...preset.output.charset };
}

function applyPacking(output: OutputConfig, text: string, catalogue: Catalogue): void {
  const { archive, compression } = fromFlat({ compression: text }, []).outputs[0]!;
  const known = [...packingCodecs(catalogue), ...catalogue.archives].map((card) => card.id);
  const id = archive?.id ?? compression?.id;
  if (id !== undefined && !known.includes(id))
    throw new ExportError('config.unknown-part', {
      kind: 'compression',
      id,
      known: ['none', ...known].join(', '),
    });
  const keep = (before: PartConfig | null, now: PartConfig | null): PartConfig | null =>
    now !== null && before?.id === now.id ? before : now;
  output.archive = keep(output.archive, archive);
  output.compression = keep(output.compression, compression);
}

function applyEncryption(output: OutputConfig, text: string, { codecs }: Catalogue): void {
  if (text === 'none') output.encryption = null;
  else {
    const encrypting = codecs.filter((card) => card.encrypts);
    const id = requireId(text, encrypting, 'encryption');
    if (output.encryption?.id !== id) output.encryption = { id, options: {} };
  }
}

/** The data set whose steps flags speak of: the one the output takes, made where it takes a source directly. */
function datasetOf(config: ExportConfig, output: OutputConfig): DatasetConfig {
  const id = only(output.datasets, 'data sets in its output');
  const found = config.datasets.find((dataset) => dataset.id === id);
  if (found) return found;
  const taken = new Set([...config.sources, ...config.datasets].map((named) => named.id));
  let name = 'data';
  while (taken.has(name)) name += '_';
  const made: DatasetConfig = { id: name, from: id, steps: [] };
  config.datasets.push(made);
  output.datasets = [name];
  return made;
}

function replaceOptions(options: Record<string, unknown>, values: Record<string, unknown>): void {
  for (const key of Object.keys(options)) delete options[key];
  Object.assign(options, values);
}

function applySteps(parts: Parts, flags: ConfigFlags): void {
  const filters = [flags.query, flags.filter].flatMap((text) => {
    if (text === undefined) return [];
    const step = fromFlat({ query: text }, []).datasets[0]!.steps[0];
    return step ? [String(step.options['where'])] : [];
  });
  if (filters.length > 0) {
    const where =
      filters.length === 1 ? filters[0]! : filters.map((text) => `(${text})`).join(' and ');
    replaceOptions(stepOptions(parts, 'filter'), { where });
  }
  if (flags.columns !== undefined) {
    let names: string[];
    try {
      names = splitList(flags.columns);
    } catch (thrown) {
      throw wrongFlag('columns', (thrown as Error).message);
    }
    Object.assign(stepOptions(parts, 'select'), { include: names, order: names });
  }
  if (flags.limit !== undefined)
    stepOptions(parts, 'limit')['limit'] = wholeNumber('limit', flags.limit);
  if (flags.offset !== undefined)
    stepOptions(parts, 'limit')['offset'] = wholeNumber('offset', flags.offset);
}
