// Makes steps of the templates: texts that must stand there, and values between them.
import { ExportError } from '../../contract/errors.ts';
import { formatExpression } from '../../contract/expression-text.ts';
import {
  parseTemplate,
  TemplateProblem,
  type Finish,
  type Node,
  type Place,
} from '../../contract/template-text.ts';
import { Mark } from './mark.ts';
import type { SourceTarget, TextSourceOptions } from './options.ts';
import { PLAN_TEXTS as TEXTS } from './texts.ts';

/** A value that stands in the text. */
export interface ValueStep {
  kind: 'value';
  /** As messages name it. */
  name: string;
  /** Its place among the columns; -1: it is read over. */
  column: number;
  target: SourceTarget;
  /** A text that means null, beside the template's own. */
  otherwise: string | null;
  /** Which value of the row has the same text; -1 = none before it. */
  like: number;
  /** What stands behind it; null at the end. */
  next: Mark | null;
}

export type Step = { kind: 'mark'; mark: Mark } | ValueStep;

export interface TextPlan {
  prefix: Step[];
  row: Step[];
  suffix: Step[];
  /** Null where nothing stands between rows. */
  separator: Mark | null;
  /** Names of the columns, in their order. */
  names: string[];
}

/** Targets whose values say themselves where they end, but for numbers side by side. */
const CLOSED: ReadonlySet<SourceTarget> = new Set(['json', 'sql', 'mysql']);

const wrong = (path: string, detail: string): ExportError =>
  new ExportError('config.wrong-option', { path, detail });

/** Throws `config.wrong-option` for what is no template, or none that can be read. */
export function planText(options: TextSourceOptions): TextPlan {
  const given = options.columnNames.length > 0 ? options.columnNames : null;
  const isLoose = options.lineEnds === 'any';
  const names: string[] = given === null ? [] : [...given];
  const places = new Map<string, number>();

  const placeOf = (name: string, nth: number): number => {
    const key = `${nth}#${name}`;
    const known = places.get(key);
    if (known !== undefined) return known;
    let place = names.length;
    if (given === null) names.push(name);
    else {
      let left = nth;
      place = given.findIndex((each) => each === name && left-- === 0);
      if (place < 0) throw wrong('row', TEXTS.missing(name));
    }
    places.set(key, place);
    return place;
  };

  const stepsOf = (template: string, place: Place): Step[] => {
    const nodes = parsed(template, place, given);
    const steps: Step[] = [];
    let text = '';
    const flush = (): void => {
      if (text !== '') steps.push({ kind: 'mark', mark: new Mark(text, isLoose) });
      text = '';
    };
    const addValue = (name: string, column: number, finish: Finish): void => {
      flush();
      const target = finish.target ?? options.target;
      steps.push({
        kind: 'value',
        name,
        column,
        target,
        otherwise: finish.otherwise,
        like: -1,
        next: null,
      });
    };
    for (const node of nodes) {
      if (node.kind === 'text') text += node.text;
      else if (node.kind === 'value') {
        const { expression, finish } = node;
        if (finish.mask !== null) throw wrong(place, TEXTS.mask);
        if (expression.op !== 'column')
          throw wrong(place, TEXTS.computed(formatExpression(expression)));
        const { name, nth = 0 } = expression.column;
        addValue(formatExpression(expression), placeOf(name, nth), finish);
      } else if (node.kind === 'word' && node.word !== 'columns')
        addValue(`@${node.word}`, -1, node.finish);
      else {
        if (given === null) throw wrong(place, TEXTS.all);
        if (node.finish.mask !== null) throw wrong(place, TEXTS.mask);
        const isRow = node.kind === 'all';
        for (const [i, name] of given.entries()) {
          if (i > 0) text += node.finish.join ?? ', ';
          addValue(isRow ? name : '@columns', isRow ? i : -1, node.finish);
        }
      }
    }
    flush();
    return joined(steps, place);
  };

  const row = stepsOf(options.row, 'row');
  if (!row.some((step) => step.kind === 'value' && step.column >= 0))
    throw wrong('row', TEXTS.noColumn);
  const isThere = new Set(row.map((step) => (step.kind === 'value' ? step.column : -1)));
  const absent = names.findIndex((_, c) => !isThere.has(c));
  if (absent >= 0) throw wrong('columnNames', TEXTS.missing(names[absent]!));
  const last = row.at(-1)!;
  if (options.separator === '' && last.kind === 'value' && !CLOSED.has(last.target))
    throw wrong('separator', TEXTS.endless(last.name));
  return {
    prefix: stepsOf(options.prefix, 'prefix'),
    row,
    suffix: stepsOf(options.suffix, 'suffix'),
    separator: options.separator === '' ? null : new Mark(options.separator, isLoose),
    names,
  };
}

function parsed(template: string, place: Place, columns: readonly string[] | null): Node[] {
  try {
    return parseTemplate(template, place, columns);
  } catch (thrown) {
    if (!(thrown instanceof TemplateProblem)) throw thrown;
    throw wrong(place, `${thrown.message} ${thrown.remedy}`);
  }
}

/** Each value with what stands behind it and, where its column stood before in the same form, with that one. */
function joined(steps: Step[], place: Place): Step[] {
  const known = new Map<string, number>();
  let values = 0;
  for (const [i, step] of steps.entries()) {
    if (step.kind === 'mark') continue;
    const behind = steps[i + 1];
    if (behind?.kind === 'mark') step.next = behind.mark;
    else if (behind !== undefined && !CLOSED.has(step.target))
      throw wrong(place, TEXTS.together(step.name, behind.name));
    const { column, target, otherwise } = step;
    const key = JSON.stringify([column, target, otherwise]);
    if (column >= 0) step.like = known.get(key) ?? -1;
    if (!known.has(key)) known.set(key, values);
    values++;
  }
  // The prefix is read up to where the first row begins.
  const last = steps.at(-1);
  if (place === 'prefix' && last?.kind === 'value' && !CLOSED.has(last.target))
    throw wrong(place, TEXTS.together(last.name, 'the first row'));
  return steps;
}
