// Options of plug-ins, as flags give them, put where the configuration has them.
import {
  type DatasetConfig,
  type OutputConfig,
  type SourceConfig,
  type StepConfig,
} from '../../contract/config.ts';
import { AUTO_KIND } from '../../engine/recognise.ts';
import type { ConfigFlags } from './flags.ts';
import { parseFlagValue, type FlagGroup, type OptionFlag } from './option-flags.ts';
import { stepId } from './step-flags.ts';
import { conflict } from './flag-errors.ts';

/** What flags speak of; those that are looked up throw `config.conflict` where there are several. */
export interface Parts {
  readonly source: SourceConfig;
  readonly output: OutputConfig;
  readonly dataset: DatasetConfig;
  /** Steps that were given in their order. */
  inOrder: readonly StepConfig[];
}

function partOf(
  group: FlagGroup,
  parts: Parts,
): { id: string; options: Record<string, unknown> } | null {
  if (group === 'source') return { id: parts.source.kind, options: parts.source.options };
  return parts.output[group];
}

const GROUP_FLAGS: Record<FlagGroup, string> = {
  source: '--source-kind',
  format: '--format',
  archive: '--compression zip',
  compression: '--compression gzip',
  encryption: '--encryption age',
  delivery: '--destination',
};

/** Where the bytes are to tell the kind, options that only one kind has tell it first. */
function impliedKind(given: ConfigFlags['options'], source: SourceConfig): void {
  if (source.kind !== AUTO_KIND) return;
  const kinds = given.flatMap(([flag]) =>
    flag.group === 'source' ? [new Set(flag.owners.map(({ id }) => id))] : [],
  );
  if (kinds.length === 0) return;
  const common = [...kinds[0]!].filter((id) => kinds.every((ids) => ids.has(id)));
  if (common.length === 1) source.kind = common[0]!;
}

/** Options of the source, the output's parts and its steps, each to the plug-in that has it. Throws `config.conflict`. */
export function applyOptions(given: ConfigFlags['options'], parts: Parts): void {
  if (given.some(([flag]) => flag.group === 'source')) impliedKind(given, parts.source);
  for (const [flag, text] of given) {
    if (flag.group === 'step') {
      const [{ id, field }] = flag.owners as [OptionFlag['owners'][0]];
      if (parts.inOrder.some(({ kind }) => kind === id))
        throw conflict(
          `--${flag.name} speaks of the only ${id} step, and --step gives one.`,
          `Say it with --step ${id}.${field.id}=… behind that step.`,
        );
      stepOptions(parts, id)[field.id] = parseFlagValue(flag.name, text, field);
      continue;
    }
    if (flag.group === 'origin') {
      applyOrigin(parts.source, flag, text);
      continue;
    }
    const part = partOf(flag.group, parts);
    const owner = flag.owners.find(
      ({ id }) => id === part?.id || (flag.group === 'source' && part?.id === AUTO_KIND),
    );
    if (owner === undefined)
      throw conflict(
        part === null
          ? `--${flag.name} has nothing to act on: there is no ${flag.group}.`
          : `--${flag.name} is not an option of ${part.id}.`,
        `It belongs to ${flag.owners.map(({ id }) => id).join(', ')}; see ${GROUP_FLAGS[flag.group]}.`,
      );
    part!.options[owner.field.id] = parseFlagValue(flag.name, text, owner.field);
  }
}

/** An option of the origin; where there is none yet the flag brings it in. */
function applyOrigin(source: SourceConfig, flag: OptionFlag, text: string): void {
  const [{ id, field }] = flag.owners as [OptionFlag['owners'][0]];
  const { from } = source;
  if (!('origin' in from) || from.origin !== id)
    throw conflict(
      `--${flag.name} has nothing to act on: the source is no address.`,
      'Name one with --source https://….',
    );
  from.options[field.id] = parseFlagValue(flag.name, text, field);
}

/**
 * The options of the only step of a kind, which is added where there is none: filters first, limits last. Steps given in
 * their order (`--step`) are apart: they stay as they are, and all but filters come behind them.
 */
export function stepOptions({ dataset, inOrder }: Parts, kind: string): Record<string, unknown> {
  const ofKind = dataset.steps.filter((step) => step.kind === kind && !inOrder.includes(step));
  if (ofKind.length > 1)
    throw conflict(
      `The configuration has ${ofKind.length} ${kind} steps, and a flag speaks of one.`,
      'Change the step in the configuration, or with --set.',
    );
  if (ofKind[0]) {
    ofKind[0].enabled = true;
    return ofKind[0].options;
  }
  const step = { id: stepId(dataset, kind), kind, enabled: true, options: {} };
  const last = inOrder.at(-1);
  const behind = last === undefined ? 0 : dataset.steps.indexOf(last) + 1;
  const firstLimit = dataset.steps.findIndex((other, s) => s >= behind && other.kind === 'limit');
  if (kind === 'filter') dataset.steps.unshift(step);
  else if (kind === 'limit' || firstLimit < 0) dataset.steps.push(step);
  else dataset.steps.splice(firstLimit, 0, step);
  return step.options;
}
