// Turns a plug-in's zod object and its texts into the option set that forms, flags, docs and validation share.
import { z } from 'zod';
import { shorten } from './errors.ts';
import { nearestNames } from './nearest-names.ts';
import type { OptionChoice, OptionExample, OptionField, OptionKind, OptionSet } from './options.ts';

// zod otherwise probes `new Function`, which the page's content security policy reports.
z.config({ jitless: true });

/** What an options.ts says about an option beside its type, through `.meta()`. */
export interface OptionMeta {
  kind?: OptionKind;
  unit?: string;
  longest?: number;
  multiline?: boolean;
  /** Its title is the text `section.<id>`. */
  section?: string;
  advanced?: boolean;
  secret?: boolean;
  open?: boolean;
  panel?: boolean;
  showIf?: { option: string; equals: unknown[] };
}

/** Texts of a plug-in by key: `<option>.title`, `<option>.help`, `<option>.<choice>`; all required, checked on load. */
export type OptionTexts = Readonly<Record<string, string>>;

/** Examples of a plug-in's options, by option. */
export type OptionExamples = Readonly<Record<string, readonly OptionExample[]>>;

interface Unwrapped {
  inner: z.core.$ZodType;
  nullable: boolean;
}

function unwrap(schema: z.core.$ZodType): Unwrapped {
  let inner = schema;
  let nullable = false;
  for (;;) {
    const def = inner._zod.def as {
      type: string;
      innerType?: z.core.$ZodType;
      in?: z.core.$ZodType;
    };
    if (def.type === 'nullable') nullable = true;
    if (
      def.innerType &&
      ['default', 'prefault', 'nullable', 'optional', 'readonly'].includes(def.type)
    )
      inner = def.innerType;
    else return { inner, nullable };
  }
}

function kindOf(inner: z.core.$ZodType): OptionKind {
  const def = inner._zod.def as { type: string };
  switch (def.type) {
    case 'enum':
    case 'literal':
      return 'choice';
    case 'boolean':
      return 'switch';
    case 'string':
      return 'text';
    case 'number':
      return inner instanceof z.ZodNumber && inner.isInt ? 'integer' : 'number';
    case 'array':
      return 'list';
    case 'record':
      return 'map';
    default:
      return 'json';
  }
}

/** zod's words without their opening, and for an unknown option the known ones, nearest first. */
function sentenceOf(issue: z.core.$ZodIssue, known: readonly string[]): string {
  if (issue.code !== 'unrecognized_keys')
    return issue.message.replace(/^Invalid (?:input|option|value): /, '');
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
  const fields: OptionField[] = Object.entries(schema.shape).map(([id, property]) => {
    const { inner, nullable } = unwrap(property as z.core.$ZodType);
    const meta = {
      ...(inner as z.ZodType).meta(),
      ...(property as z.ZodType).meta(),
    } as OptionMeta;
    const kind = meta.kind ?? kindOf(inner);
    const field: OptionField = {
      id,
      kind,
      title: text(`${id}.title`),
      help: text(`${id}.help`),
      default: (defaults as Record<string, unknown>)[id],
    };
    if (kind === 'choice') {
      const def = inner._zod.def as { entries?: Record<string, string>; values?: unknown[] };
      const values = def.entries ? Object.values(def.entries) : (def.values ?? []).map(String);
      field.choices = values.map((value): OptionChoice => ({
        value,
        label: text(`${id}.${value}`),
      }));
    }
    if (inner instanceof z.ZodNumber && (kind === 'integer' || kind === 'number')) {
      // An integer without bounds of its own has those of safe integers, which are no news to anyone.
      const { minValue: min, maxValue: max } = inner;
      if (min !== null && min > Number.MIN_SAFE_INTEGER) field.min = min;
      if (max !== null && max < Number.MAX_SAFE_INTEGER) field.max = max;
    }
    if (nullable) field.nullable = true;
    if (meta.unit) field.unit = meta.unit;
    if (meta.longest) field.longest = meta.longest;
    if (meta.multiline) field.multiline = true;
    if (meta.section) field.section = text(`section.${meta.section}`);
    if (meta.advanced) field.advanced = true;
    if (meta.secret) field.secret = true;
    if (meta.open) field.open = true;
    if (meta.panel) field.panel = true;
    if (meta.showIf) field.showIf = meta.showIf;
    if (examples[id]) field.examples = examples[id];
    return field;
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
