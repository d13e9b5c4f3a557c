// What is wrong with a value that a schema refuses, in words of ours: zod's own speak of types that users do not know.
import type { z } from 'zod';
import { shorten } from './errors.ts';

type Issue = z.core.$ZodIssue;

const NAMES = new Map<string, string>([
  ['string', 'a text'],
  ['number', 'a number'],
  ['nan', 'not a number'],
  ['int', 'a whole number'],
  ['bigint', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['tuple', 'a list'],
  ['object', 'an object'],
  ['record', 'an object'],
  ['map', 'an object'],
  ['null', 'null'],
  ['undefined', 'nothing'],
  ['date', 'a date'],
]);

/** Choices that a sentence names at most. */
const MOST_NAMED = 12;

const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

const count = (n: number | bigint, one: string, many: string): string =>
  `${n.toLocaleString('en-US')} ${Number(n) === 1 ? one : many}`;

/** `must be a text, not a number`: a predicate whose subject is what the issue's path names; a sentence of the schema's own as it is. */
export function issueWords(issue: Issue): string {
  // A sentence that is the schema's own begins small.
  if (/^[^A-Z]/.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return typeWords(issue.expected, /received (\S+)$/.exec(issue.message)?.[1]);
    case 'too_big':
    case 'too_small':
      return boundWords(issue);
    case 'invalid_value':
      return valueWords(issue.values.map((value) => JSON.stringify(value) ?? String(value)));
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return `has no “${shorten(issue.keys[0] ?? '', 40)}”`;
    case 'invalid_union':
      return unionWords(issue.errors);
    case 'invalid_key':
      return 'has a name that cannot be one';
    case 'invalid_element':
      return 'has an entry that cannot be one';
    case 'invalid_format':
      return 'is not written as it has to be';
    default:
      return 'is not a value that it can have';
  }
}

function typeWords(expected: string, received: string | undefined): string {
  const wanted = NAMES.get(expected) ?? 'something else';
  const found = received === undefined ? undefined : NAMES.get(received.toLowerCase());
  if (received === 'undefined') return 'is missing';
  // Both numbers: the one is not whole, or none that can be counted with.
  if (found === undefined || found === wanted || (expected === 'int' && received === 'number'))
    return `must be ${wanted}`;
  if (received === 'NaN') return `must be ${wanted} that is one`;
  return `must be ${wanted}, not ${received === 'boolean' ? 'a switch' : found}`;
}

function boundWords(issue: Extract<Issue, { code: 'too_big' | 'too_small' }>): string {
  const isMost = issue.code === 'too_big';
  const bound = isMost ? issue.maximum : issue.minimum;
  const most = isMost ? 'at most' : 'at least';
  switch (issue.origin) {
    case 'string':
      if (!isMost && Number(bound) === 1) return 'must not be empty';
      return `must have ${most} ${count(bound, 'character', 'characters')}`;
    case 'array':
    case 'set':
    case 'map':
      if (!isMost && Number(bound) === 1) return 'must not be an empty list';
      return `must have ${most} ${count(bound, 'entry', 'entries')}`;
    default:
      if (issue.inclusive === false) return `must be ${isMost ? 'less' : 'more'} than ${bound}`;
      return `must be ${most} ${bound.toLocaleString('en-US')}`;
  }
}

function valueWords(values: readonly string[]): string {
  if (values.length <= MOST_NAMED) return `must be ${listed(values)}`;
  return `must be one of ${values.slice(0, MOST_NAMED).join(', ')} and ${values.length - MOST_NAMED} more`;
}

/** Of several forms none fits: what is wrong with the one that fits furthest, or what there may be. */
function unionWords(forms: readonly (readonly Issue[])[]): string {
  const depth = (form: readonly Issue[]): number =>
    Math.max(0, ...form.map(({ path }) => path.length));
  const deepest = Math.max(0, ...forms.map(depth));
  if (deepest > 0) {
    const [issue] = forms
      .find((form) => depth(form) === deepest)!
      .toSorted((a, b) => b.path.length - a.path.length);
    return `has a part “${shorten(issue!.path.map(String).join('.'), 40)}” that ${issueWords(issue!)}`;
  }
  const isOfType = (form: readonly Issue[]): boolean => form[0]?.code === 'invalid_type';
  // A form of the right type tells more than those of others.
  const near = forms.find((form) => form.length > 0 && !isOfType(form));
  if (near !== undefined) return issueWords(near[0]!);
  const names = forms.flatMap(([issue]) =>
    issue?.code === 'invalid_type' ? [NAMES.get(issue.expected) ?? issue.expected] : [],
  );
  return names.length === 0
    ? 'is not a value that it can have'
    : `must be ${listed([...new Set(names)])}`;
}
