// The command functions: what expressions may call, each with an example and its value.
import { ExportError } from '../../contract/errors.ts';
import {
  EXPRESSION_FUNCTIONS,
  type ExpressionFunction,
} from '../../contract/expression-functions.ts';
import { nearestNames } from '../../contract/nearest-names.ts';
import { table } from './inspect.ts';
import { printJson } from './session.ts';

const GROUPS: readonly [ExpressionFunction['group'], string][] = [
  ['choice', 'Choice and types'],
  ['text', 'Text'],
  ['number', 'Numbers'],
  ['date', 'Dates and times'],
];

export function functionsCommand(
  name: string | undefined,
  values: Record<string, unknown>,
): number {
  const found = EXPRESSION_FUNCTIONS.filter((known) => name === undefined || known.name === name);
  if (found.length === 0) {
    const known = EXPRESSION_FUNCTIONS.map((each) => each.name);
    const near = nearestNames(name!, known);
    throw new ExportError('config.unknown-part', {
      kind: 'function',
      id: name!,
      known: (near.length > 0 ? near : known).join(', '),
    });
  }
  if (values['json'] === true) printJson(found);
  else if (name !== undefined)
    for (const { signature, help, example } of found)
      process.stdout.write(`${signature}\n${help}\n\n  ${example.text}\n  → ${example.result}\n`);
  else
    for (const [group, title] of GROUPS) {
      const rows = found.filter((each) => each.group === group);
      process.stdout.write(
        `${title}\n${table(rows.map(({ signature, help }) => [`  ${signature}`, help]))}\n`,
      );
    }
  return 0;
}
