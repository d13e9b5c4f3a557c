// Debian's Python with its packages, as a judge of outputs in tests.
import { spawnSync } from 'node:child_process';

/** The system's own, whose packages come from apt; another one in the path has none of them. */
const PYTHON = '/usr/bin/python3';

/** Whether tests that need these modules have to be skipped; never in CI, where they then fail. */
export function lacksPython(...modules: string[]): boolean {
  if (process.env['CI'] === 'true') return false;
  return spawnSync(PYTHON, ['-c', `import ${modules.join(',')}`]).status !== 0;
}

/** What a script prints, given the text on its standard input and arguments. */
export function runPython(script: string, input: string, ...args: string[]): string {
  const { stdout, stderr, status, error } = spawnSync(PYTHON, ['-c', script, ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, PYTHONWARNINGS: 'ignore', PYTHONIOENCODING: 'utf-8' },
  });
  if (error) throw error;
  if (status !== 0 || stderr !== '') throw new Error(`Python ended with ${status}: ${stderr}`);
  return stdout;
}
