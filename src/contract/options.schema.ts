// Turns a plug-in's zod object and its texts into the option set that forms, flags, docs and validation share.
import { z } from 'zod';
import { shorten } from './errors.ts';
import { issueWords } from './issue-words.schema.ts';
import { nearestNames } from './nearest-names.ts';
import { optionField } from './option-fields.schema.ts';
import type { OptionExample, OptionField, OptionSet } from './options.ts';

// zod otherwise probes `new Function`, which the page's content security policy reports.
z.config({ jitless: true });

/** Texts of a plug-in by key: `<option>.title`, `<option>.help`, `<option>.<choice>`; all required, checked on load. */
export type OptionTexts = Readonly<Record<string, string>>;

/** Examples of a plug-in's options, by option. */
export type OptionExamples = Readonly<Record<string, readonly OptionExample[]>>;

/** What is wrong, and for an unknown option the known ones, nearest first. */
function sentenceOf(issue: z.core.$ZodIssue, known: readonly string[]): string {
  if (issue.code !== 'unrecognized_keys') return issueWords(issue);
  const given = shorten(issue.keys[0]!, 40);
  // Inside of an option other names are known than those of the options.
  if (issue.path.length > 0) return `there is nothing called “${given}” here`;
  const near = nearestNames(given, known);
  return near.length > 0
    ? `there is no option “${given}”; did you mean ${near.join(' or ')}?`
    : `there is no option “${given}”; there are ${known.join(', ') || 'none'}`;
}

/**
 * Declares the options of a plug-in. Every property needs a default and the texts `<id>.title` and `<id>.help`;
 * every choice the text `<id>.<value>`. Throws at once when a text is missing, so that no option goes without words.
 */
export function defineOptions<T extends z.ZodObject>(
  schema: T,
  texts: OptionTexts,
  examples: OptionExamples = {},
): OptionSet<z.output<T>> {
  const strict = schema.strict();
  const defaults = strict.parse({}) as z.output<T>;
  const text = (key: string): string => {
    const found = texts[key];
    if (found === undefined) throw new Error(`option text missing: ${key}`);
    return found;
  };
  const find = (keys: readonly string[]): string | undefined =>
    keys.map((key) => texts[key]).find((found) => found !== undefined);
  const fields = Object.entries(schema.shape).map(([id, property]): OptionField => {
    const type = property as z.core.$ZodType;
    const { section, ...field } = optionField(id, type, find, [id]);
    return {
      ...field,
      help: text(`${id}.help`),
      default: (defaults as Record<string, unknown>)[id],
      ...(section !== undefined && { section: text(`section.${section}`) }),
      ...(examples[id] && { examples: examples[id] }),
    };
  });
  return {
    fields,
    defaults,
    parse(values) {
      const result = strict.safeParse(values ?? {});
      if (result.success) return { value: result.data as z.output<T> };
      return {
        issues: result.error.issues.map((issue) => ({
          option:
            issue.path.join('.') ||
            (issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : ''),
          sentence: sentenceOf(issue, Object.keys(schema.shape)),
        })),
      };
    },
  };
}

/** A single character (one code point), as delimiters and quotes are; edited as a character field. */
export function character(): z.ZodString {
  return z
    .string()
    .refine((s) => [...s].length === 1, 'must be exactly one character')
    .meta({ kind: 'character' });
}
