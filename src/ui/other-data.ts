// The other data of a plan: sources beside its own that union and join take, each bound to an input that is open.
import type { Bindings } from '../contract/bindings.ts';
import type { ExportConfig, SourceConfig, StepConfig } from '../contract/config.ts';
import { ROWS_KIND, SOURCE_BINDING, type OpenInput } from './input.ts';

/** Inputs by the id of the source that reads them. */
export type OtherInputs = ReadonlyMap<string, OpenInput>;

export const NO_OTHERS: OtherInputs = new Map();

/** A plan and what its other sources read. */
export interface Bound {
  config: ExportConfig;
  others: OtherInputs;
}

/** An open input, and how its own plan reads it. */
export interface Candidate {
  input: OpenInput;
  source: SourceConfig;
}

/** Steps that take other data, in their option `with`. */
export function takesOthers({ kind }: Pick<StepConfig, 'kind'>): boolean {
  return kind === 'union' || kind === 'join';
}

/** Ids of the sources and data sets that a step takes beside its own. */
export function takenBy({ kind, options }: StepConfig): readonly string[] {
  const taken = options['with'];
  if (!takesOthers({ kind })) return [];
  const ids: unknown[] = Array.isArray(taken) ? taken : [taken];
  return ids.filter((id) => typeof id === 'string');
}

/** Whether rows come from more than one source. */
export function hasOthers({ sources }: ExportConfig): boolean {
  return sources.length > 1;
}

/** Tells answers about a plan apart by what its other sources read. */
export function othersKey({ others }: Pick<Bound, 'others'>): string {
  return [...others].map(([id, { key }]) => `${key} ${id}`).join();
}

/** Ids that a step takes, or what it takes is made of, and that nothing open is bound to. */
export function missingOf(step: StepConfig, { config, others }: Bound): string[] {
  const wanted = sourcesBehind(takenBy(step), config);
  return config.sources
    .slice(1)
    .filter(({ id, from }) => wanted.has(id) && !('origin' in from) && !others.has(id))
    .map(({ id }) => id);
}

/** The bytes, rows and secrets of the other sources. */
export function bindingsOfOthers({ config, others }: Bound): Bindings {
  const bytes: NonNullable<Bindings['bytes']> = {};
  const rows: NonNullable<Bindings['rows']> = {};
  const secrets: NonNullable<Bindings['secrets']> = {};
  for (const { id } of config.sources.slice(1)) {
    const data = others.get(id)?.data;
    if (data === undefined) continue;
    if ('bytes' in data) bytes[bindingOf(id)] = data.bytes;
    else if ('rows' in data) rows[bindingOf(id)] = data.rows;
    else for (const secret of Object.values(data.secrets)) secrets[secretOf(id)] = secret;
  }
  return { bytes, rows, secrets };
}

/**
 * The plan with this input among its other sources, read as its own plan reads it; gives the source's id. An input, or a
 * table of it, that is there already keeps its id.
 */
export function withOther(
  { config, others }: Bound,
  { input, source }: Candidate,
  table?: string,
): Bound & { id: string } {
  const known = config.sources
    .slice(1)
    .find(({ id, table: own }) => others.get(id)?.key === input.key && own === table);
  if (known !== undefined) return { config, others, id: known.id };
  const id = freeId(config, table ?? input.stem);
  // Which rows are new is a matter of the other plan.
  const { watermark: _, ...all } = source;
  const read: SourceConfig = { ...bound(all, id, input), id };
  if (table !== undefined && table !== source.table) Object.assign(read, { table, columns: [] });
  return {
    config: { ...config, sources: [...config.sources, read] },
    others: new Map(others).set(id, input),
    id,
  };
}

/** Another way of reading one of the other sources. */
export function withOtherChanged(
  config: ExportConfig,
  id: string,
  change: Partial<SourceConfig>,
): ExportConfig {
  const [own, ...others] = config.sources;
  return {
    ...config,
    sources: [own!, ...others.map((each) => (each.id === id ? { ...each, ...change } : each))],
  };
}

/** Every other source over this input read in this way; which table of it stays. */
export function withReadings(
  { config, others }: Bound,
  key: number,
  { kind, options, charset, compression, files, table, columns }: SourceConfig,
): ExportConfig {
  if (![...others.values()].some((input) => input.key === key)) return config;
  const sources = config.sources.map((source, i): SourceConfig => {
    if (i === 0 || others.get(source.id)?.key !== key) return source;
    const isSameTable = source.table === table;
    const reading = { kind, options, charset, compression, files };
    return { ...source, ...reading, ...(isSameTable && { columns }) };
  });
  return { ...config, sources };
}

/** Without other sources that nothing takes any more. */
export function withoutUnused<T extends Bound>(plan: T): T {
  const { config, others } = plan;
  const steps = config.datasets.flatMap((dataset) => dataset.steps);
  const used = new Set([
    ...steps.flatMap(takenBy),
    ...config.datasets.map(({ from }) => from),
    ...config.outputs.flatMap(({ datasets }) => datasets),
  ]);
  const [own, ...rest] = config.sources;
  const left = rest.filter(({ id }) => used.has(id));
  if (left.length === rest.length) return plan;
  return {
    ...plan,
    config: { ...config, sources: [own!, ...left] },
    others: new Map([...others].filter(([id]) => used.has(id))),
  };
}

/**
 * A stored plan with its own source and data set first, as the draft wants them: those that the output is made of.
 */
export function inOrder(config: ExportConfig): ExportConfig {
  const { sources, datasets, outputs } = config;
  const dataset = datasets.find(({ id }) => id === outputs[0]?.datasets[0]) ?? datasets[0];
  if (dataset === undefined) return config;
  const roots = sourcesBehind([dataset.from], config, false);
  const source = sources.find(({ id }) => roots.has(id)) ?? sources[0];
  return {
    ...config,
    datasets: [dataset, ...datasets.filter((each) => each !== dataset)],
    sources: [
      ...sources.filter((each) => each === source),
      ...sources.filter((each) => each !== source),
    ],
  };
}

/**
 * Binds the other sources that nothing is bound to: to what `before` had under the same id, or else to an open input that
 * is called so.
 */
export function withBindings(
  config: ExportConfig,
  before: OtherInputs,
  candidates: readonly Candidate[],
): Bound {
  const [own, ...rest] = config.sources;
  const others = new Map<string, OpenInput>();
  const sources = rest.map((source) => {
    const { id } = source;
    const found = candidates.filter(({ input }) => isCalled(input, source));
    const kept = before.get(id);
    const input = kept ?? (found.length === 1 ? found[0]!.input : undefined);
    if (input === undefined) {
      const isAddress = 'origin' in source.from;
      return isAddress ? source : { ...source, from: { binding: bindingOf(id) } };
    }
    others.set(id, input);
    const how = candidates.find((each) => each.input.key === input.key)?.source;
    // How bytes are read says nothing of rows, nor the other way round.
    const isAlike = 'rows' in input.data === (source.kind === ROWS_KIND);
    return { ...bound(isAlike || how === undefined ? source : how, id, input), id };
  });
  return { config: { ...config, sources: [own!, ...sources] }, others };
}

/** Whether the input is called as one of the plan's other sources. */
export function isOtherOf(config: ExportConfig, input: Named): boolean {
  return inOrder(config)
    .sources.slice(1)
    .some((source) => isCalled(input, source));
}

type Named = Pick<OpenInput, 'name' | 'stem'>;

/** By the id of the source, or by the name of its path. */
function isCalled({ name, stem }: Named, { id, from }: SourceConfig): boolean {
  const path = 'path' in from ? from.path.split(/[/\\]/).at(-1) : undefined;
  return path === name || idOf(stem) === idOf(id);
}

/** Ids of the sources that these sources and data sets are made of; `andTaken`: by what steps take too. */
function sourcesBehind(
  ids: readonly string[],
  { sources, datasets }: ExportConfig,
  andTaken = true,
): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const left = [...ids];
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (sources.some((source) => source.id === id)) found.add(id);
    const dataset = datasets.find((each) => each.id === id);
    if (dataset === undefined) continue;
    left.push(dataset.from);
    if (andTaken) left.push(...dataset.steps.filter((step) => step.enabled).flatMap(takenBy));
  }
  return found;
}

/** Never that of the plan's own source. */
function bindingOf(sourceId: string): string {
  return `other:${sourceId}`;
}

/** Two addresses keep their secrets apart. */
function secretOf(sourceId: string): string {
  return `other-${sourceId}`;
}

/** How a source is read, bound to the input. */
function bound(source: SourceConfig, id: string, input: OpenInput): SourceConfig {
  const { data } = input;
  if ('origin' in data) {
    const isSignedIn = Object.keys(data.secrets).length > 0;
    const options = {
      ...data.options,
      ...(isSignedIn && { credential: { secret: secretOf(id) } }),
    };
    return { ...source, from: { origin: data.origin, options } };
  }
  if ('bytes' in data && 'files' in data.bytes && source.files === undefined)
    return { ...source, files: { columns: 'union' }, from: { binding: bindingOf(id) } };
  return { ...source, from: { binding: bindingOf(id) } };
}

/** A name as an id that reads well: letters and digits of any script. */
function idOf(name: string): string {
  return name.replace(/[^\p{L}\p{M}\p{N}-]+/gu, '_').replace(/^_+|_+$/g, '') || 'other';
}

function freeId({ sources, datasets }: ExportConfig, name: string): string {
  const taken = new Set([SOURCE_BINDING, ...[...sources, ...datasets].map(({ id }) => id)]);
  const wanted = idOf(name);
  let id = wanted;
  for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`;
  return id;
}
