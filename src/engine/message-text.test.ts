// Texts that go with finished files: their variables, what is wrong with them, and values that look like variables.
import { describe, expect, it } from 'vitest';
import type { DeliveredFile } from '../contract/delivery-plugin.ts';
import { messageProblems, messageText } from './message-text.ts';
import type { NameFacts } from './naming.ts';
import type { PlannedOutput } from './plan.ts';

const output = { format: { id: 'csv' } } as unknown as PlannedOutput;
const facts: NameFacts = {
  name: 'Orders {files} / 2026',
  source: 'in',
  jobId: 'job-1',
  startedAtMs: Date.UTC(2026, 2, 31, 18, 5),
  columns: ['country'],
};
const file = (name: string, rows: number): DeliveredFile => ({
  name,
  rows,
  sizeBytes: 1234567,
  sha256: 'abcdef0123456789',
});

describe('a text', () => {
  it('says what is known of the export', () => {
    const text = messageText(
      '{source} {format} {date} {time:HH:mm} {rows} {parts} {hash8} {jobId} {nope}',
      output,
      facts,
      [file('a.csv', 1200)],
    );
    expect(text).toBe('in csv 2026-03-31 18:05 1200 1 abcdef01 job-1 {nope}');
  });

  it('takes values as they are: what looks like a variable in a name is none', () => {
    expect(messageText('{name}', output, facts, [file('a.csv', 1)])).toBe('Orders {files} / 2026');
  });

  it('lists files, of many the first twenty, and no hash for several', () => {
    expect(messageText('{files}', output, facts, [file('a.csv', 1200), file('{name}', 3)])).toBe(
      'a.csv (1,200 rows, 1,234,567 bytes)\n{name} (3 rows, 1,234,567 bytes)',
    );
    const many = Array.from({ length: 23 }, (_, i) => file(`${i}.csv`, 1));
    const lines = messageText('{hash8}{files}', output, facts, many).split('\n');
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe('and 3 more');
  });
});

describe('what is wrong', () => {
  it('is a variable there is none of, or a pattern of dates that is none', () => {
    expect(messageProblems('{files} {rows} <b>: any/character')).toEqual([]);
    expect(messageProblems('{nope}')).toMatchObject([{ isError: false }]);
    expect(messageProblems("{date:'yyyy}")).toMatchObject([{ isError: true }]);
    expect(messageProblems('{files:3}')).toMatchObject([{ isError: false }]);
  });
});
