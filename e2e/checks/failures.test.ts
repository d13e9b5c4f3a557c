// What the end of a log says of failed tests, from reports as the runners write them.
import { describe, expect, test } from 'vitest';
import { failedSpecs, failedUnits, flakySpecs } from './failures.mjs';

const passed = { fullName: 'adds', status: 'passed' };

describe('failed unit tests', () => {
  test('are named with their file and reason, without colours', () => {
    const report = {
      testResults: [
        { name: 'good.test.ts', status: 'passed', assertionResults: [passed] },
        {
          name: 'bad.test.ts',
          status: 'failed',
          assertionResults: [
            passed,
            {
              fullName: 'sums',
              status: 'failed',
              failureMessages: ['\u001b[31mnot\n 3\u001b[39m'],
            },
          ],
        },
      ],
    };
    expect(failedUnits(report)).toEqual(['FAILED  bad.test.ts › sums: not 3']);
  });

  test('are a file where it could not be loaded', () => {
    const report = {
      testResults: [
        { name: 'gone.test.ts', status: 'failed', message: 'no module', assertionResults: [] },
      ],
    };
    expect(failedUnits(report)).toEqual(['FAILED  gone.test.ts: no module']);
  });

  test('are none where there is no report', () => {
    expect(failedUnits(undefined)).toEqual([]);
    expect(failedSpecs(undefined)).toEqual([]);
  });
});

test('failed specs are found in nested groups, with the reason of the last try', () => {
  const spec = (title: string, ok: boolean, ...messages: string[]) => ({
    title,
    file: 'page.spec.ts',
    line: 7,
    ok,
    tests: [{ results: messages.map((message) => ({ error: { message } })) }],
  });
  const report = {
    suites: [
      {
        title: 'page.spec.ts',
        specs: [spec('opens', true)],
        suites: [{ title: 'with a file', specs: [spec('saves', false, 'first', 'second')] }],
      },
    ],
  };
  expect(failedSpecs(report)).toEqual(['FAILED  page.spec.ts:7 › saves: second']);
});

test('what passed only the second time is named, and is no failure', () => {
  const results = [{ error: { message: 'too late' } }, {}];
  const spec = { title: 'opens', file: 'page.spec.ts', line: 7, ok: true };
  const report = {
    suites: [
      { title: 'page.spec.ts', specs: [{ ...spec, tests: [{ status: 'flaky', results }] }] },
    ],
  };
  expect(failedSpecs(report)).toEqual([]);
  expect(flakySpecs(report)).toEqual(['FLAKY   page.spec.ts:7 › opens: too late']);
});
