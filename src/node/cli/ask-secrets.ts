// Asks the person at the terminal for secrets that the environment lacks, without showing what is typed.
import type { ReadStream } from 'node:tty';
import { secretVariable } from '../../contract/secrets.ts';
import { printable } from './terminal.ts';

const ENTER = new Set(['\r', '\n', '\u0004']);
const ERASE = new Set(['\b', '\u007f']);
const INTERRUPT = '\u0003';
/** Erases the line, as terminals do (Ctrl-U). */
const KILL = '\u0015';

/** The terminal that questions and answers go through; null where a person is at neither end. */
export function terminalOf(input: ReadStream | NodeJS.ReadStream): NodeJS.ReadStream | null {
  return input.isTTY && process.stderr.isTTY ? input : null;
}

/** One answer for each id; ids that were answered with nothing are left out. */
export async function askSecrets(
  ids: readonly string[],
  terminal: NodeJS.ReadStream,
): Promise<Record<string, string>> {
  const answers: [string, string][] = [];
  for (const id of ids) {
    process.stderr.write(printable(`Secret “${id}” (${secretVariable(id)} is not set): `));
    const answer = await readHidden(terminal);
    process.stderr.write('\n');
    if (answer !== '') answers.push([id, answer]);
  }
  return Object.fromEntries(answers);
}

function readHidden(terminal: NodeJS.ReadStream): Promise<string> {
  return new Promise((resolve) => {
    let typed: string[] = [];
    const end = (): void => {
      terminal.off('data', take);
      terminal.setRawMode(false);
      terminal.pause();
    };
    const take = (chunk: string): void => {
      for (const character of chunk) {
        if (character === INTERRUPT) {
          end();
          process.stderr.write('\n');
          // As if the terminal had not been asked to pass it on.
          process.kill(process.pid, 'SIGINT');
          return;
        }
        if (ENTER.has(character)) {
          end();
          resolve(typed.join(''));
          return;
        }
        if (ERASE.has(character)) typed.pop();
        else if (character === KILL) typed = [];
        else typed.push(character);
      }
    };
    terminal.setEncoding('utf8');
    terminal.setRawMode(true);
    terminal.resume();
    terminal.on('data', take);
  });
}
