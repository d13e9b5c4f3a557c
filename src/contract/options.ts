// What an option looks like to a form, a command-line flag and the docs: plain JSON, derived from a plug-in's schema.

/** One value of a choice, with its words. */
export interface OptionChoice {
  value: string;
  label: string;
}

/**
 * How an option is edited.
 * `character` is text of exactly one Unicode code point, or of up to `longest` (written `\t` for a tab in flags); `list` is a list of texts;
 * `map` maps texts to texts; `switch-or-list` is true, false or a list of texts; `json` is any JSON value;
 * `column-formats` is a list of `ColumnFormat` (value-format.ts); `file` is null or a `FileRef` (file-ref.ts), of which a path may
 * be given as text.
 * Of the columns that go out: `column` is one's name, or '' for none; `columns` a list of them; `column-map` maps them to texts, or
 * to one of `choices`; `formula` is text in which `{column}` stands for a value. Where `numbered`, one of several of a name is
 * `{name, nth}`. `dataset` is the name of one of the tables that go out.
 * `object` is an object of `parts`, `objects` a list of them. `color` is `#rrggbb`, `colors` a list of them, of which
 * `min` and `max` say how many; `value` is a number, true, false or a text; `list-or-text` is a list of texts, or one text instead.
 */
export type OptionKind =
  | 'choice'
  | 'switch'
  | 'text'
  | 'character'
  | 'integer'
  | 'number'
  | 'list'
  | 'map'
  | 'switch-or-list'
  | 'json'
  | 'column-formats'
  | 'file'
  | 'column'
  | 'columns'
  | 'column-map'
  | 'formula'
  | 'dataset'
  | 'object'
  | 'objects'
  | 'color'
  | 'colors'
  | 'value'
  | 'list-or-text';

/**
 * What an option does to a small table: a piece of the output that stands there only with it (`begins`: at its start, `ends`: at its end), and what
 * a reader of the output then finds otherwise than without. What is not named here does not change.
 */
export interface OptionExample {
  /** The option's value, and those of others that it needs. */
  options: Readonly<Record<string, unknown>>;
  /** The columns of the sample table that are written. */
  columns: readonly string[];
  /** How often over the sample's rows are written; missing = once. */
  times?: number;
  /** The texts stood in quotes in their source. */
  isQuoted?: true;
  shows?: string;
  begins?: string;
  ends?: string;
  finds?: {
    names?: readonly string[];
    /** Rows and columns count from 0. */
    cells?: readonly { row: number; column: number; value: unknown }[];
    /** All rows, where their number or order changes. */
    rows?: readonly (readonly unknown[])[];
    /** The run ends with this error. */
    error?: string;
    /** The extension of the file, where it is another one. */
    extension?: string;
    /** A file beside the output that begins so. */
    beside?: string;
  };
}

/** What another option of the same plug-in has to be: one of these values, or any but these. */
export type ShowIf = { option: string; equals: unknown[] } | { option: string; not: unknown[] };

/** One declared option. `id` is for ever: it stands in users' templates. */
export interface OptionField {
  id: string;
  kind: OptionKind;
  title: string;
  help: string;
  default: unknown;
  choices?: OptionChoice[];
  /** Inclusive bounds of integer and number. */
  min?: number;
  max?: number;
  unit?: string;
  /** For a character: most code points it may be of; missing = 1. */
  longest?: number;
  /** Of text: several lines may be typed; flags take `\n` and the like as for a character. */
  multiline?: boolean;
  /** Title of the group that it stands in under More, with those next to it of the same. */
  section?: string;
  /** Stands under More. */
  advanced?: boolean;
  /** Never stored in templates, history, logs, reports. */
  secret?: boolean;
  /** May be null (means: not set). */
  nullable?: boolean;
  /** Shown only while another option of the same plug-in has one of these values, or has none of them. */
  showIf?: ShowIf;
  /** For a choice that also takes other text. */
  open?: boolean;
  /** Of a file: endings of the names that it is looked for by (`.xlsx`). */
  accept?: readonly string[];
  /** The plug-in brings a form of its own for it (`panel.tsx`), where the columns are known. */
  panel?: boolean;
  /** Of a column: may be `{name, nth}`. */
  numbered?: boolean;
  /**
   * Of an object: its own options, of which an untouched one is left out. Two may share an id, of which `showIf` then says which
   * one is meant; it names another part.
   */
  parts?: OptionField[];
  /** Of a part: no object is whole without it. */
  required?: boolean;
  /** Of a part: what it begins with in a new object, where that is not its default. */
  begins?: unknown;
  /** One for each value that is not the default, or more. */
  examples?: readonly OptionExample[];
}

/** A wrong value: which option, and the reason as a sentence. */
export interface OptionIssue {
  option: string;
  sentence: string;
}

/** A plug-in's options: what they are, and the check that turns given values into a complete set. */
export interface OptionSet<O> {
  fields: OptionField[];
  defaults: O;
  /** Fills defaults; unknown ids and wrong values become issues. */
  parse(
    values: unknown,
  ): { value: O; issues?: undefined } | { issues: OptionIssue[]; value?: undefined };
}
