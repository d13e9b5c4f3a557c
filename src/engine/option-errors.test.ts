// What is said of wrong options, all options of all plug-ins: words of ours, about the value, that fit behind its name.
import { describe, expect, it } from 'vitest';
import { archives } from '../archives/registry.ts';
import { codecs } from '../codecs/registry.ts';
import type { OptionField, OptionSet } from '../contract/options.ts';
import { parseConfig } from '../contract/config.schema.ts';
import { deliveries as ofBrowser } from '../deliveries/registry.browser.ts';
import { deliveries as ofNode } from '../deliveries/registry.node.ts';
import { formats } from '../formats/registry.ts';
import { origins, sources } from '../sources/registry.ts';
import { transforms } from '../transforms/registry.ts';

const cards: { id: string; options: OptionSet<unknown> }[] = [
  ...sources,
  ...origins,
  ...transforms,
  ...formats,
  ...codecs,
  ...archives,
  ...ofBrowser,
  ...ofNode,
];

/** Values of every shape, and just past every bound that is told. */
function wrongValues({ min, max }: OptionField): unknown[] {
  return [
    ...(typeof min === 'number' ? [min - 1] : []),
    ...(typeof max === 'number' ? [max + 1] : []),
    ...[-1e15, 1e15, 0.5, Number.NaN, true, null, '', 'no such value', 'x'.repeat(40_000)],
    ...[{}, { no: 'such' }, [], [''], [0], [{}], [{ no: 'such' }], Array(1_001).fill('a')],
  ];
}

/** The value with another in the place of each of its parts, two levels deep, one at a time. */
function* changed(value: unknown, others: readonly unknown[], depth = 2): Generator {
  if (typeof value !== 'object' || value === null || depth === 0) return;
  for (const [key, part] of Object.entries(value).slice(0, 12))
    for (const other of [...others, ...changed(part, others, depth - 1)])
      yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
}

const PARTS = [-1e15, true, null, '', {}, [{}]];
/** How a schema's library speaks, and how nobody does who is asked for a value. */
const FOREIGN =
  /expected|received|invalid|too (?:big|small)|unrecognized|undefined|NaN|\[object|=>/i;

/** What is said of each wrong value of each option. */
function* sentencesOf(options: OptionSet<unknown>): Generator<[what: string, sentence: string]> {
  for (const field of options.fields) {
    const whole = [...wrongValues(field)];
    for (const example of (field.examples ?? []).slice(0, 6))
      whole.push(...changed(example.options[field.id], PARTS));
    for (const value of whole) {
      const { issues = [] } = options.parse({ [field.id]: value });
      for (const { option, sentence } of issues)
        yield [`${option} = ${JSON.stringify(value)?.slice(0, 80)}`, sentence];
    }
  }
}

describe.each(cards.map((card) => [card.id, card.options] as const))('%s', (_id, options) => {
  it('says in its own words what is wrong with a value', () => {
    const said = new Map<string, string>();
    for (const [what, sentence] of sentencesOf(options)) said.set(sentence, what);
    for (const [sentence, what] of said) {
      expect(sentence, what).not.toMatch(FOREIGN);
      expect(sentence, what).toMatch(/^[^A-Z\s].{7,}[^.\s]$/su);
    }
    if (options.fields.length > 0) expect(said.size).toBeGreaterThan(0);
  });
});

it.each([
  ['gzip', { level: 10 }, 'must be at most 9'],
  ['gzip', { level: 1.5 }, 'must be a whole number'],
  ['gzip', { level: 'high' }, 'must be a number, not a text'],
  ['excel', { widths: 'wide' }, 'must be "content", "fixed" or "none"'],
  ['excel', { totals: [{ column: 7 }] }, /^must be|^has a part/],
  ['excel', { nullText: 'x'.repeat(300) }, 'must have at most 255 characters'],
  ['excel', { headers: 'yes' }, 'must be true or false, not a text'],
])('%s: %j', (id, values, sentence) => {
  const { issues } = [...codecs, ...formats].find((card) => card.id === id)!.options.parse(values);
  expect(issues?.[0]?.sentence).toEqual(
    typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
  );
});

it('a configuration is told of in the same words', () => {
  const wrong = { version: 1, name: 5, sources: [], datasets: [], outputs: [] };
  expect(() => parseConfig(wrong)).toThrow(/name must be a text, not a number/);
});
