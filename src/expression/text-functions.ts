// Functions on texts. Characters are Unicode code points, positions count from 1, negative ones from the end.
import { BOOL, INT64, UTF8 } from '../table/data-type.ts';
import { asText } from './casts.ts';
import { eachCell, RowProblem, type Cell } from './cells.ts';
import { compilePattern } from './compile-pattern.ts';
import { textFunction, type FunctionDefinition } from './define-function.ts';

/** Longest text that padding makes. */
const MOST_PADDED = 100_000;

const SURROGATES = /[\ud800-\udfff]/;

const lengthOf = (text: string): number => (SURROGATES.test(text) ? [...text].length : text.length);

/** Characters [from, to), counted from 0. */
function slice(text: string, from: number, to: number): string {
  if (to <= from) return '';
  return SURROGATES.test(text) ? [...text].slice(from, to).join('') : text.slice(from, to);
}

/** A place in characters as a number that surely is one. */
const placeOf = (value: number | bigint): number =>
  Math.max(-(2 ** 31), Math.min(Number(value), 2 ** 31));

function substr(text: string, start: number | bigint, ...counts: (number | bigint)[]): string {
  const [count] = counts;
  const first = placeOf(start);
  const from = first < 0 ? lengthOf(text) + first : first - 1;
  const to = count === undefined ? 2 ** 31 : from + Math.max(0, placeOf(count));
  return slice(text, Math.max(0, from), to);
}

function end(text: string, count: number | bigint, isRight: boolean): string {
  const wanted = placeOf(count);
  const length = lengthOf(text);
  // A negative count leaves as many out.
  const taken = Math.max(0, Math.min(length, wanted < 0 ? length + wanted : wanted));
  return isRight ? slice(text, length - taken, length) : slice(text, 0, taken);
}

function padded(text: string, size: number | bigint, fill: string, atStart: boolean): string {
  const wanted = placeOf(size);
  if (wanted > MOST_PADDED) throw new RowProblem(`A text is padded to ${MOST_PADDED} at most.`);
  const missing = wanted - lengthOf(text);
  if (missing <= 0 || fill === '') return text;
  const filling = slice(fill.repeat(Math.ceil(missing / lengthOf(fill))), 0, missing);
  return atStart ? filling + text : text + filling;
}

const pad = (atStart: boolean): FunctionDefinition => ({
  least: 2,
  most: 3,
  compile(call) {
    const parts = [call.text(0), call.integer(1)];
    if (call.parts.length === 3) parts.push(call.text(2));
    return call.map(UTF8, parts, (text: string, size: number, ...fill: string[]) =>
      padded(text, size, fill[0] ?? ' ', atStart),
    );
  },
});

const side = (isRight: boolean): FunctionDefinition => ({
  least: 2,
  most: 2,
  compile: (call) =>
    call.map(UTF8, [call.text(0), call.integer(1)], (text: string, count: number) =>
      end(text, count, isRight),
    ),
});

export const TEXT_FUNCTIONS: ReadonlyMap<string, FunctionDefinition> = new Map([
  ['lower', textFunction(1, UTF8, (text) => text!.toLowerCase())],
  ['upper', textFunction(1, UTF8, (text) => text!.toUpperCase())],
  ['trim', textFunction(1, UTF8, (text) => text!.trim())],
  ['trim_start', textFunction(1, UTF8, (text) => text!.trimStart())],
  ['trim_end', textFunction(1, UTF8, (text) => text!.trimEnd())],
  ['length', textFunction(1, INT64, (text) => lengthOf(text!))],
  ['reverse', textFunction(1, UTF8, (text) => [...text!].toReversed().join(''))],
  ['contains', textFunction(2, BOOL, (text, part) => text!.includes(part!))],
  ['starts_with', textFunction(2, BOOL, (text, part) => text!.startsWith(part!))],
  ['ends_with', textFunction(2, BOOL, (text, part) => text!.endsWith(part!))],
  [
    'position',
    textFunction(2, INT64, (text, part) => {
      const at = text!.indexOf(part!);
      return at < 0 ? 0 : lengthOf(text!.slice(0, at)) + 1;
    }),
  ],
  [
    'replace',
    textFunction(3, UTF8, (text, part, by) =>
      part === '' ? text! : text!.replaceAll(part!, () => by!),
    ),
  ],
  ['left', side(false)],
  ['right', side(true)],
  ['pad_start', pad(true)],
  ['pad_end', pad(false)],
  [
    'substr',
    {
      least: 2,
      most: 3,
      compile(call) {
        const parts = [call.text(0), call.integer(1)];
        if (call.parts.length === 3) parts.push(call.integer(2));
        return call.map(UTF8, parts, substr);
      },
    },
  ],
  [
    'split_part',
    {
      least: 3,
      most: 3,
      compile: (call) =>
        call.map(
          UTF8,
          [call.text(0), call.text(1), call.integer(2)],
          (text: string, separator: string, place: number | bigint): Cell => {
            const parts = separator === '' ? [text] : text.split(separator);
            const at = placeOf(place);
            return parts.at(at > 0 ? at - 1 : at < 0 ? at : parts.length) ?? null;
          },
        ),
    },
  ],
  [
    'concat',
    {
      least: 1,
      most: 1000,
      compile(call) {
        const parts = call.parts.map(asText);
        return {
          source: call.source,
          type: UTF8,
          evaluate(frame) {
            const all = parts.map((part) => part.evaluate(frame));
            return eachCell(frame, (i) => all.map((cells) => cells[i] ?? '').join(''));
          },
        };
      },
    },
  ],
  [
    'regex_replace',
    {
      least: 3,
      most: 3,
      compile(call) {
        const pattern = compilePattern(call.constantText(1, 'the pattern'));
        return call.map(UTF8, [call.text(0), call.text(2)], (text: string, by: string) => {
          try {
            return pattern.matcher(text).replaceAll(by);
          } catch (thrown) {
            throw new RowProblem(
              `The replacement cannot be used: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
            );
          }
        });
      },
    },
  ],
  [
    'regex_extract',
    {
      least: 2,
      most: 3,
      compile(call) {
        const pattern = compilePattern(call.constantText(1, 'the pattern'));
        const group = call.constantInteger(2, 'the group', 0);
        return call.map(UTF8, [call.text(0)], (text: string): Cell => {
          const matcher = pattern.matcher(text);
          if (!matcher.find()) return null;
          if (group < 0 || group > matcher.groupCount())
            throw new RowProblem(`The pattern has no group ${group}.`);
          return matcher.group(group);
        });
      },
    },
  ],
]);
