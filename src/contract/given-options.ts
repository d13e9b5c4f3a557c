// What a person set of a source's options, and all of them with the rest as it is declared.
import { ExportError } from './errors.ts';
import type { OptionSet } from './options.ts';

/** Throws `config.wrong-option` for a value that an option cannot have; what is undefined was not set. */
export function settleGiven<O>(
  options: OptionSet<O>,
  values: Partial<O>,
): { given: Partial<O>; complete: O } {
  const given = Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<O>;
  const parsed = options.parse(given);
  if (parsed.issues) {
    const issue = parsed.issues[0]!;
    throw new ExportError('config.wrong-option', { path: issue.option, detail: issue.sentence });
  }
  return { given, complete: parsed.value };
}
