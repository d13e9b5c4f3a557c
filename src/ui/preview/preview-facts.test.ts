// What the preview says of columns, rows and losses, from what the engine tells.
import { describe, expect, it } from 'vitest';
import type { Report } from '../../contract/report.ts';
import type { Catalogue, InspectedColumn, Inspection, Preview } from '../../contract/verbs.ts';
import { filterByValue } from './filter-by-value.ts';
import { gridColumns, isMisfit } from './grid-columns.ts';
import { createRuler, widthsOf } from './grid-widths.ts';
import { lossCount, lossList } from './loss-list.ts';
import { rowCounts } from './row-counts.ts';

const inspected = (name: string, nth = 0): InspectedColumn => ({
  name,
  nth,
  type: 'utf8',
  sentence: '',
  nullCount: 0,
  distinctCount: 2,
  emptyCount: 0,
  longest: 3,
  examples: [],
  shape: null,
  isProfiled: true,
});

describe('columns of the grid', () => {
  const source = [inspected('a'), inspected('b'), inspected('b', 1)];

  it('are told by their place, so that repeated and new names find their source', () => {
    const select = {
      order: [{ name: 'b', nth: 1 }, { name: 'a' }, { name: 'b', nth: 0 }],
      rename: [{ column: { name: 'a' }, name: 'b' }],
    };
    const names = ['b', 'b', 'b'].map((name) => ({ name, type: 'utf8' }));
    const columns = gridColumns(names, source, select);
    expect(columns.map(({ inspected: of }) => [of!.name, of!.nth])).toEqual([
      ['b', 1],
      ['a', 0],
      ['b', 0],
    ]);
  });

  it('of an older preview are told by their name', () => {
    const columns = gridColumns(
      [
        { name: 'b', type: 'utf8' },
        { name: 'x', type: 'utf8' },
      ],
      source,
      undefined,
    );
    expect(columns.map((column) => column.inspected?.name ?? null)).toEqual(['b', null]);
  });

  it('keep their width, whatever comes later', () => {
    const ruler = createRuler(() => 7);
    const [column] = gridColumns([{ name: 'a', type: 'utf8' }], [inspected('a')], undefined);
    const known = new Map<string, number>();
    const first = widthsOf([column!], [['x'.repeat(20)]], 0, known, ruler);
    expect(first).toEqual([162]);
    expect(widthsOf([column!], [['x'.repeat(400)]], 0, known, ruler)).toEqual(first);
    expect(widthsOf([column!], [['x'.repeat(400)]], 0, new Map(), ruler)).toEqual([200]);
  });
});

it('a cell that is no number stands out in a column of numbers, whatever its signs', () => {
  for (const value of ['-1', '1.234,50', '1 000', '6.02e23', 'NaN', null, ''])
    expect(isMisfit('decimal(18,2)', value), String(value)).toBe(false);
  expect(isMisfit('int64', 'N/A')).toBe(true);
  expect(isMisfit('utf8', 'N/A')).toBe(false);
});

it('a cell that is no date, time or boolean stands out where it should be one', () => {
  for (const [type, value] of [
    ['date', '2026-03-01'],
    ['timestamp(s)', '2026-03-01 21:50'],
    ['timestamp(us, UTC)', '2026-03-01T21:50:40.000001Z'],
    ['bool', 'TRUE'],
  ] as const) {
    expect(isMisfit(type, value), value).toBe(false);
    expect(isMisfit(type, 'n/a'), type).toBe(true);
    expect(isMisfit(type, null), type).toBe(false);
  }
  expect(isMisfit('date', '2026-03-01 21:50')).toBe(true);
});

it('a value joins the filter there is, once, and keeps its digits', () => {
  const by = (filter: string, type: string, value: string | null) =>
    filterByValue(filter, { name: 'a' }, type, value);
  expect(by('', 'utf8', "it's")).toBe("a = 'it''s'");
  expect(by('', 'decimal(18,2)', '1.50')).toBe("a = '1.50'");
  expect(by('', 'int64', '7')).toBe('a = 7');
  expect(by('b > 1', 'utf8', null)).toBe('b > 1 and a is null');
  expect(by('b > 1 or c = 2', 'bool', 'true')).toBe('(b > 1 or c = 2) and a = true');
  expect(by('b > 1 and a = 7', 'int64', '7')).toBe('b > 1 and a = 7');
});

describe('rows', () => {
  const preview = {
    rows: [['1']],
    lastRows: [['2']],
    rejects: [],
    rowsRead: 1000,
    rowsFiltered: 250,
    steps: [],
  } as unknown as Preview;
  const inspection = { isWhole: false, estimatedRows: 100_000, sampledRows: 1000 } as Inspection;

  it('are estimated from the sample, and not at all where a limit cuts it', () => {
    const none = { report: null, isCurrent: false };
    const counts = rowCounts(preview, inspection, none, false);
    expect([counts.total, counts.totalText, counts.rest]).toEqual([
      75_000,
      '≈\u00a075,000',
      '≈\u00a025,000 filtered out, none yet rejected',
    ]);
    expect(rowCounts(preview, inspection, none, true).totalText).toBe('');
    expect(counts.firstOfLast).toBe(749);
  });

  it('are not judged where rows become others or come from elsewhere, unless all were read', () => {
    const none = { report: null, isCurrent: false };
    const line = { id: 'join', kind: 'join', in: 1000, out: 900, filtered: 0, rejected: 0 };
    const joined = { ...preview, steps: [{ ...line, beside: 200, merged: 200, added: 350 }] };
    expect(rowCounts(joined, inspection, none, false).total).toBeNull();
    const whole = { ...inspection, isWhole: true, sampledRows: 800, estimatedRows: 800 };
    expect(rowCounts(joined, whole, none, false).total).toBeNull();
    // 1,000 rows read and 350 added, less 250 filtered out and 200 that were only looked up.
    const counts = rowCounts({ ...joined, isWhole: true }, whole, none, false);
    expect([counts.total, counts.totalText, counts.firstOfLast]).toEqual([900, '900', 899]);
  });

  it('are exact once the plan was rehearsed', () => {
    const report = {
      outcome: 'completed',
      audit: { rowsOut: 74_900, filtered: 25_000, rejected: 100 },
      rejects: { count: 100, listed: [] },
    } as unknown as Report;
    const exact = rowCounts(preview, inspection, { report, isCurrent: true }, false);
    expect([exact.totalText, exact.rest, exact.problems.text]).toEqual([
      '74,900',
      '25,000 filtered out, 100 rejected',
      '100',
    ]);
    expect(rowCounts(preview, inspection, { report, isCurrent: false }, false).total).toBe(75_000);
  });
});

describe('losses', () => {
  const issue = (code: string) => ({
    severity: 'loss' as const,
    path: 'outputs.0.format.options.nullText',
    code,
    sentence: code,
    hint: '',
  });
  const format: Pick<Catalogue['formats'][number], 'losses'> = {
    losses: [
      {
        code: 'csv.formula-guarded',
        kind: 'changed',
        isCounted: true,
        remedy: { title: 'Leave exact', options: { formulaGuard: false } },
      },
      { code: 'csv.empty-as-null', kind: 'lost', isCounted: true },
      { code: 'csv.nested-as-text', kind: 'changed', isCounted: false },
    ],
  };
  const report = {
    outcome: 'completed',
    losses: [
      { code: 'csv.formula-guarded', sentence: 'g', column: 'a', count: 2, example: '=1' },
      { code: 'csv.formula-guarded', sentence: 'g', column: 'b', count: 5 },
    ],
    rejects: { count: 0, listed: [] },
    retyped: [],
  } as unknown as Report;

  it('join what the plan says with what was counted; foreseen ones that did not come are left out', () => {
    const issues = [
      issue('csv.empty-as-null'),
      issue('csv.nested-as-text'),
      issue('csv.formula-guarded'),
    ];
    const before = lossList(issues, format, { report: null, isCurrent: false });
    expect(before.map(({ code, count }) => [code, count])).toEqual([
      ['csv.empty-as-null', null],
      ['csv.nested-as-text', null],
      ['csv.formula-guarded', null],
    ]);
    const counted = lossList(issues, format, { report, isCurrent: true });
    expect(counted.map(({ code, count, kind }) => [code, count, kind])).toEqual([
      ['csv.formula-guarded', 7, 'changed'],
      ['csv.nested-as-text', null, 'changed'],
    ]);
    expect(counted[0]!.columns.map(({ name }) => name)).toEqual(['b', 'a']);
    expect(counted[0]!.remedies[0]!.options).toEqual({ formulaGuard: false });
  });

  it('that are held are not counted on the tab', () => {
    const held = { ...issue('csv.blank-lines'), severity: 'warning' as const };
    expect(lossCount(lossList([held], format, { report: null, isCurrent: false }))).toBe(0);
  });
});
