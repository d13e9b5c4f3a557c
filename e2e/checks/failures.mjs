// Which tests failed and why, from the reports of the runners, so that the end of a long log says it.
import { stripVTControlCharacters } from 'node:util';

/** Characters of a reason that are shown; the log holds the rest. */
const LONGEST_REASON = 300;

/**
 * @typedef {{fullName: string, status: string, failureMessages?: string[]}} UnitTest
 * @typedef {{name: string, message?: string, status?: string, assertionResults: UnitTest[]}} UnitFile
 * @typedef {{title: string, file?: string, line?: number, ok?: boolean, suites?: Suite[], specs?: Spec[]}} Suite
 * @typedef {{title: string, file: string, line: number, ok: boolean, tests: {status?: string, results: {error?: {message?: string}}[]}[]}} Spec
 */

/**
 * @param {{testResults?: UnitFile[]} | undefined} report of vitest's reporter `json`
 * @returns {string[]} a line per failed test, or per file that failed before any of its tests
 */
export function failedUnits(report) {
  return (report?.testResults ?? []).flatMap((file) => {
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && file.status === 'failed') return [line(file.name, file.message)];
    return failed.map((test) => line(`${file.name} › ${test.fullName}`, test.failureMessages?.[0]));
  });
}

/**
 * @param {{suites?: Suite[]} | undefined} report of Playwright's reporter `json`
 * @returns {string[]} a line per failed test
 */
export function failedSpecs(report) {
  return specsOf(report)
    .filter((spec) => !spec.ok)
    .map((spec) => specLine('FAILED ', spec));
}

/**
 * @param {{suites?: Suite[]} | undefined} report of Playwright's reporter `json`
 * @returns {string[]} a line per test that failed first and passed when it was run again
 */
export function flakySpecs(report) {
  return specsOf(report)
    .filter((spec) => spec.tests.some(({ status }) => status === 'flaky'))
    .map((spec) => specLine('FLAKY  ', spec));
}

/** @param {Suite | {suites?: Suite[], specs?: Spec[]} | undefined} suite @returns {Spec[]} */
function specsOf(suite) {
  return [...(suite?.specs ?? []), ...(suite?.suites ?? []).flatMap(specsOf)];
}

/** @param {string} word @param {Spec} spec */
function specLine(word, spec) {
  const result = spec.tests.flatMap(({ results }) => results).findLast(({ error }) => error);
  return line(`${spec.file}:${spec.line} › ${spec.title}`, result?.error?.message, word);
}

/**
 * @param {string} place
 * @param {string} [reason]
 * @param {string} [word]
 */
function line(place, reason = '', word = 'FAILED ') {
  const plain = stripVTControlCharacters(reason).replaceAll(/\s+/g, ' ');
  return `${word} ${place}: ${plain.slice(0, LONGEST_REASON)}`;
}
