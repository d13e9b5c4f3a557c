// Asks the person at the terminal what is to become of a file that is there already.
import { createInterface } from 'node:readline/promises';
import type { ExistsAnswer } from '../../contract/verbs.ts';
import { printable } from './terminal.ts';

const WORDS: Record<ExistsAnswer, string> = {
  replace: '[r]eplace',
  rename: '[n]umber the new one',
  append: '[a]ppend',
  skip: '[s]kip if the same, else replace',
  stop: 'stop [Enter]',
};
const KEYS = new Map<string, ExistsAnswer>([
  ['r', 'replace'],
  ['n', 'rename'],
  ['a', 'append'],
  ['s', 'skip'],
  ['', 'stop'],
]);

/** A capital letter answers for all files that follow. */
export function askExists(
  terminal: NodeJS.ReadStream,
): (name: string, offers: readonly ExistsAnswer[]) => Promise<ExistsAnswer> {
  let forAll: ExistsAnswer | null = null;
  return async (name, offers) => {
    if (forAll !== null && offers.includes(forAll)) return forAll;
    const choices = offers.map((offer) => WORDS[offer]).join(', ');
    const line = createInterface({ input: terminal, output: process.stderr });
    try {
      for (;;) {
        const typed = (
          await line.question(printable(`\n${name} exists: ${choices}; a capital for all? `))
        ).trim();
        const answer = KEYS.get(typed.toLowerCase());
        if (answer === undefined || !offers.includes(answer)) continue;
        if (typed !== '' && typed === typed.toUpperCase()) forAll = answer;
        return answer;
      }
    } finally {
      line.close();
    }
  };
}
