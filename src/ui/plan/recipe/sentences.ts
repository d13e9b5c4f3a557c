// What a step does, as one sentence.
import type { StepConfig } from '../../../contract/config.ts';
import type { Catalogue } from '../../../contract/verbs.ts';
import type { OptionField } from '../../../contract/options.ts';
import { RANGE_STEP } from '../../plan-parts.ts';
import { changedFields } from '../../form/OptionForm.tsx';
import { showValue } from '../../form/show-value.ts';
import { takenBy } from '../../other-data.ts';
import { dataWords } from '../data-words.en.ts';
import { filterTextOf } from '../steps.ts';
import { readStretch, saysOf } from '../time-range.ts';
import { recipeWords } from './messages.en.ts';
import {
  listOf,
  objectOf,
  pairsOf,
  refOf,
  refText,
  refsOf,
  textOf,
  type Options,
} from './option-values.ts';
import { columnLines, conditions, uniqueKeys } from './validate-rules.ts';

type Card = Catalogue['transforms'][number];

const words = recipeWords.say;
const names = (value: unknown): string[] => refsOf(value).map(refText);

export function stepSentence(step: StepConfig, card: Card | undefined): string {
  const { options } = step;
  switch (step.kind) {
    case 'filter':
      return filterSentence(step);
    case 'limit': {
      const limit = (options['limit'] as number | null | undefined) ?? null;
      return capital(words.limit(Number(options['offset'] ?? 0), limit)) || words.noLimit;
    }
    case 'sort':
      return words.sort(sortKeys(options['by']));
    case 'distinct':
      return words.distinct(
        options['keep'] === 'last' ? 'last' : 'first',
        Array.isArray(options['by']) ? names(options['by']) : null,
      );
    case 'sample':
      return sampleSentence(options);
    case 'select':
      return words.select(selectParts(options));
    case 'derive':
      return words.derive(derivedNames(options['columns']));
    case 'aggregate':
      return capital(
        words.aggregate(
          listOf(options['groups']).map(groupText),
          listOf(options['measures']).map(measureText),
        ),
      );
    case 'pivot': {
      const column = refOf(options['column']);
      return words.pivot(
        listOf(options['measures']).map(measureText),
        column === null ? null : refText(column),
        listOf(options['rows']).map(groupText),
      );
    }
    case 'join':
      return joinSentence(step);
    case 'union':
      return words.union(takenBy(step));
    case 'validate':
      return words.validate(
        [
          ...columnLines(options['columns']).map(groupText),
          ...uniqueKeys(options['unique']).map((key) => words.key(names(key))),
          ...conditions(options['rules']).map(({ name }) => name),
        ],
        options['action'] === 'report' || options['action'] === 'fail'
          ? options['action']
          : 'reject',
      );
    case 'mask':
    case 'cast':
    case 'replace-values':
      return words.lines(step.kind, listOf(options['columns']).map(groupText));
    default:
      return shapeSentence(step) ?? otherSentence(step, card);
  }
}

/** Of steps that cut, join, unfold and turn columns, and take the first of groups. */
function shapeSentence({ kind, options }: StepConfig): string | null {
  const ref = refOf(options['column']);
  const column = ref === null ? null : refText(ref);
  const some = (value: unknown): string[] | null => (Array.isArray(value) ? names(value) : null);
  switch (kind) {
    case 'split':
      return words.split(column, listOf(options['names']).map(String));
    case 'join-columns':
      return words.joinColumns(
        names(options['columns']),
        textOf(options['name']) || recipeWords.shape.joined,
      );
    case 'flatten':
      return words.flatten(some(options['columns']));
    case 'unnest':
      return words.unnest(column);
    case 'unpivot':
      return words.unpivot(
        some(options['columns']),
        some(options['keep']),
        [textOf(options['name']) || 'name', textOf(options['value']) || 'value'].join(', '),
      );
    case 'top':
      return words.top(
        Number(options['count'] ?? 10),
        sortKeys(options['by']),
        names(options['groups']),
      );
    default:
      return null;
  }
}

function filterSentence({ id, options }: StepConfig): string {
  const range = id === RANGE_STEP ? readStretch(options['where']) : null;
  if (range === null) return words.filter(filterTextOf(options));
  return words.time(dataWords.timeIs(refText(range.column), saysOf(range)));
}

function sortKeys(by: unknown): string[] {
  if (typeof by === 'string') return by.trim() === '' ? [] : [by];
  return listOf(by).flatMap((key) => {
    const ref = refOf(objectOf(key)['column'] ?? key);
    if (ref === null) return [];
    const name = refText(ref);
    return objectOf(key)['order'] === 'descending' ? words.descending(name) : name;
  });
}

function joinSentence({ options }: StepConfig): string {
  const other = textOf(options['with']);
  if (other === '') return words.noJoin;
  const keys = pairsOf(options['on']).map(({ left, right }) =>
    words.equal(left ? refText(left) : '?', right ? refText(right) : '?'),
  );
  return words.join(
    textOf(options['kind']),
    other,
    typeof options['on'] === 'string' ? [options['on']] : keys,
  );
}

function sampleSentence(options: Options): string {
  if (options['method'] === 'count') return words.count(Number(options['count'] ?? 1_000));
  if (options['method'] === 'every') return words.every(Number(options['every'] ?? 10));
  return words.percent(String(options['percent'] ?? 10));
}

function selectParts(options: Options): string[] {
  const include = options['include'];
  const excluded = listOf(options['exclude']).length;
  const renamed = Array.isArray(options['rename'])
    ? options['rename'].length
    : Object.keys(objectOf(options['rename'])).length;
  const parts = [
    Array.isArray(include) ? words.kept(include.length) : '',
    excluded > 0 ? words.leftOut(excluded) : '',
    renamed > 0 ? words.renamed(renamed) : '',
    Array.isArray(options['order']) ? words.ordered : '',
  ].filter(Boolean);
  return parts.length > 0 ? parts : [words.asTheyAre];
}

function derivedNames(columns: unknown): string[] {
  return Array.isArray(columns)
    ? columns.map(
        (column) =>
          textOf(objectOf(column)['name']) || textOf(objectOf(objectOf(column)['replace'])['name']),
      )
    : Object.keys(objectOf(columns));
}

function groupText(group: unknown): string {
  const { column, bucket } = objectOf(group);
  const name = refText(refOf(column ?? group) ?? { name: '' });
  const { unit, count } = objectOf(bucket);
  return typeof unit === 'string' ? words.bucket(name, Number(count ?? 1), unit) : name;
}

function measureText(measure: unknown): string {
  const { op, column, p } = objectOf(measure);
  const ref = refOf(column);
  const how = howText(textOf(op), p);
  return ref === null ? how : words.measureOf(how, refText(ref));
}

function howText(op: string, p: unknown): string {
  const word = recipeWords.aggregate.ops[op as keyof typeof recipeWords.aggregate.ops] ?? op;
  return typeof p === 'number' ? `${word} ${p}` : word;
}

/** Of a step without a sentence of its own: its title and what was set. */
function otherSentence({ kind, options }: StepConfig, card: Card | undefined): string {
  if (card === undefined) return kind;
  const parts = changedFields(card.options, options, {})
    .filter((field) => !field.secret)
    .slice(0, 3)
    .map((field) => {
      const shown = valueText(field, options[field.id]);
      return words.option(field.title, shown.length > 60 ? `${shown.slice(0, 60)}…` : shown);
    });
  return words.other(card.title, parts);
}

/** Columns by their names, alone or in the lines of a list; anything else as the form shows it. */
function valueText(field: OptionField, value: unknown): string {
  const alone = refOf(value);
  if (alone !== null && typeof value === 'object') return refText(alone);
  const lines = listOf(value).flatMap((line) => refOf(objectOf(line)['column'] ?? line) ?? []);
  return lines.length > 0 ? lines.map(refText).join(', ') : showValue(field, value);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
