// Counts of tests, and what may not pass for one.

/** @typedef {{passed: number, failed: number, skipped: number}} Count */

/**
 * A runner's own count, made a failure where the runner failed without naming a test, or ran none.
 * @param {number} exitCode
 * @param {Count} count
 * @returns {Count}
 */
export function settle(exitCode, { passed, failed, skipped }) {
  const isSilentFailure = (exitCode !== 0 && failed === 0) || passed + failed === 0;
  return { passed, failed: isSilentFailure ? failed + 1 : failed, skipped };
}

/**
 * The last line of a run, `N passed, N failed`, and before it how many were skipped.
 * @param {Count[]} counts
 */
export function sumUp(counts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of counts) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return {
    line: `${total.passed} passed, ${total.failed} failed`,
    skipped: `${total.skipped} skipped`,
    isGood: total.failed === 0 && total.passed > 0,
  };
}
