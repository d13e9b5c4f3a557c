// `--step`: steps of any number and kind, in the order in which they are given.
import type { DatasetConfig, StepConfig } from '../../contract/config.ts';
import { ExportError } from '../../contract/errors.ts';
import { nearestNames } from '../../contract/nearest-names.ts';
import type { Catalogue, CatalogueCard } from '../../contract/verbs.ts';
import { parseFlagValue } from './option-flags.ts';

function wrong(given: string, detail: string): ExportError {
  return new ExportError('config.wrong-option', { path: `--step ${given}`, detail });
}

function cardOf(kind: string, catalogue: Catalogue): CatalogueCard {
  const card = catalogue.transforms.find(({ id }) => id === kind);
  if (card !== undefined) return card;
  const known = catalogue.transforms.map(({ id }) => id);
  const near = nearestNames(kind, known);
  throw new ExportError('config.unknown-part', {
    kind: 'step',
    id: kind,
    known: (near.length > 0 ? near : known).join(', '),
  });
}

function optionsOf(given: string, json: string): Record<string, unknown> {
  if (json === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (thrown) {
    throw wrong(given, `What follows the kind is no JSON: ${(thrown as Error).message}.`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw wrong(given, 'What follows the kind has to be an object: {"option": value}.');
}

/** Names a step after its kind, apart from the others. */
export function stepId(dataset: DatasetConfig, kind: string): string {
  const ids = new Set(dataset.steps.map(({ id }) => id));
  let id = kind;
  for (let number = 2; ids.has(id); number++) id = `${kind}-${number}`;
  return id;
}

/**
 * Adds the steps to the end of the data set and returns them. `kind` or `kind {json}` is a step; `kind.option=value` sets an
 * option of the step given just before when that is of the kind and has the option not yet, else it begins a step.
 * Throws `config.*` errors.
 */
export function addSteps(
  dataset: DatasetConfig,
  given: readonly string[],
  catalogue: Catalogue,
): StepConfig[] {
  const added: StepConfig[] = [];
  const add = (kind: string, options: Record<string, unknown>): StepConfig => {
    const step = { id: stepId(dataset, kind), kind, enabled: true, options };
    dataset.steps.push(step);
    added.push(step);
    return step;
  };
  for (const text of given) {
    const [, kind, option, rest] =
      /^\s*([\w-]+)(?:\.([^=\s]+)=|(?=[\s{]|$))(.*)$/s.exec(text) ?? [];
    if (kind === undefined)
      throw wrong(text, 'it has to be kind, kind {json} or kind.option=value.');
    const card = cardOf(kind, catalogue);
    if (option === undefined) {
      add(kind, optionsOf(text, rest!.trim()));
      continue;
    }
    const field = card.options.find(({ id }) => id === option);
    if (field === undefined) {
      const known = card.options.map(({ id }) => id);
      const near = nearestNames(option, known);
      throw wrong(
        text,
        near.length > 0
          ? `there is no option “${option}”; did you mean ${near.join(' or ')}?`
          : `there is no option “${option}”; there are ${known.join(', ')}.`,
      );
    }
    const last = added.at(-1);
    const step = last?.kind === kind && !Object.hasOwn(last.options, option) ? last : add(kind, {});
    step.options[option] = parseFlagValue(`step ${kind}.${option}`, rest!, field);
  }
  return added;
}
