// The values of the secrets that a configuration names: from the environment, or asked for at a terminal.
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { ExportConfig } from '../../contract/config.ts';
import { secretVariable } from '../../engine/network.ts';
import type { ExportEnvironment } from './make-config.ts';

/** Ids of all secrets that sources need: those named by origins that sign in. */
function secretIds(config: ExportConfig): string[] {
  const ids = config.sources.flatMap(({ from }) => {
    if (!('origin' in from)) return [];
    const { auth = 'none', credential } = from.options;
    if (auth === 'none') return [];
    if (credential === undefined) return [DEFAULT_SECRET];
    const id = (credential as { secret?: unknown } | null)?.secret;
    return typeof id === 'string' ? [id] : [];
  });
  return [...new Set(ids)];
}

/** What an address calls its secret where it does not say. */
const DEFAULT_SECRET = 'http';

/** Values by id. One that is nowhere to be had is missing: whatever needs it says so. */
export async function secretsOf(
  config: ExportConfig,
  environment: ExportEnvironment,
  ask: ((id: string) => Promise<string>) | null = process.stdin.isTTY ? askAtTerminal : null,
): Promise<Record<string, string>> {
  const values = new Map<string, string>();
  for (const id of secretIds(config)) {
    const value = environment[`EXPORT_SECRET_${secretVariable(id)}`] || (await ask?.(id));
    if (value) values.set(id, value);
  }
  return Object.fromEntries(values);
}

/** Asks at the terminal; what is typed is not shown. */
function askAtTerminal(id: string): Promise<string> {
  process.stderr.write(`Secret “${id}”: `);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  return new Promise((resolve) => {
    lines.question('', (value) => {
      lines.close();
      process.stderr.write('\n');
      resolve(value);
    });
    lines.on('SIGINT', () => {
      lines.close();
      process.stderr.write('\n');
      process.exit(130);
    });
  });
}
