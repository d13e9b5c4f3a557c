// One flag per declared option of every plug-in, made from the catalogue, and how its text becomes a value.
import { ExportError } from '../../contract/errors.ts';
import { nearestNames } from '../../contract/nearest-names.ts';
import type { OptionField } from '../../contract/options.ts';
import type { Catalogue, CatalogueCard } from '../../contract/verbs.ts';

/** The parts of a configuration whose options have flags: `--format.quotes`. */
export type FlagGroup = 'source' | 'format' | 'archive' | 'compression' | 'encryption' | 'delivery';

export interface OptionFlag {
  /** Without the dashes: `format.quotes`, `step.select.exclude`, `source.http.paging`. */
  name: string;
  group: FlagGroup | 'step' | 'origin';
  /** Plug-ins that have an option of this id, with what it is there. */
  owners: { id: string; field: OptionField }[];
}

function addAll(
  flags: Map<string, OptionFlag>,
  group: FlagGroup | 'step' | 'origin',
  cards: readonly CatalogueCard[],
): void {
  for (const { id, options } of cards)
    for (const field of options) {
      const name = flagName(group, id, field.id);
      const flag = flags.get(name) ?? { name, group, owners: [] };
      flag.owners.push({ id, field });
      flags.set(name, flag);
    }
}

/** A step's or an origin's flag names its plug-in. */
export function flagName(group: OptionFlag['group'], id: string, option: string): string {
  if (group === 'origin') return `source.${id}.${option}`;
  return group === 'step' ? `step.${id}.${option}` : `${group}.${option}`;
}

/** Every generated flag. Options of the same id in several formats share one; the chosen format says how it is read. */
export function optionFlags(catalogue: Catalogue): OptionFlag[] {
  const flags = new Map<string, OptionFlag>();
  const isOfNode = ({ doors }: { doors: string[] }): boolean => doors.includes('node');
  addAll(flags, 'source', catalogue.sources);
  addAll(flags, 'origin', catalogue.origins);
  addAll(flags, 'format', catalogue.formats);
  addAll(flags, 'archive', catalogue.archives);
  for (const card of catalogue.codecs)
    addAll(flags, card.encrypts ? 'encryption' : 'compression', [card]);
  addAll(flags, 'delivery', catalogue.deliveries.filter(isOfNode));
  addAll(flags, 'step', catalogue.transforms);
  return [...flags.values()];
}

/** Choices that are longer together stand in the words of the flag instead. */
const LONGEST_VALUE_NAME = 64;

/** What stands for the value in help: `<lf|crlf>`, `<rows>`. */
export function valueName({ field }: { field: OptionField }): string {
  if (field.secret === true) return 'name';
  if (field.choices && field.kind === 'choice' && field.open !== true) {
    const values = field.choices.map((choice) => choice.value).join('|');
    return values.length > LONGEST_VALUE_NAME ? 'choice' : values;
  }
  if (field.unit !== undefined) return field.unit;
  switch (field.kind) {
    case 'switch':
      return 'true|false';
    case 'switch-or-list':
      return 'true|false|a,b';
    case 'list':
    case 'columns':
      return 'a,b';
    case 'map':
    case 'column-map':
      return 'a=b,c=d';
    case 'column-formats':
    case 'object':
    case 'objects':
      return 'json';
    default:
      return field.kind;
  }
}

/** The help line of a flag. */
export function flagHelp(flag: OptionFlag): string {
  const [first] = flag.owners;
  const { id, kind, title, help, choices = [], examples, default: value } = first!.field;
  const owners =
    flag.group === 'step' || flag.group === 'origin'
      ? ''
      : `${flag.owners.map((owner) => owner.id).join(', ')}: `;
  const shown = value === null || value === '' ? 'none' : JSON.stringify(value);
  const listed =
    valueName(first!) === 'choice' || (kind === 'column-map' && choices.length > 0)
      ? ` One of ${choices.map(({ value }) => value).join(', ')}.`
      : '';
  const example = kind === 'object' || kind === 'objects' ? examples?.[0]?.options[id] : undefined;
  const such = example === undefined ? '' : ` Such as ${JSON.stringify(example)}.`;
  return `${owners}${title}. ${help}${listed}${such} (default: ${shown})`;
}

function wrong(flag: string, detail: string): ExportError {
  return new ExportError('config.wrong-option', { path: `--${flag}`, detail });
}

/** `\t`, `\n`, `\r`, `\\`, `\xHH` and `\u{…}` as the characters they stand for. */
function unescape(text: string): string {
  const named = new Map([
    ['t', '\t'],
    ['n', '\n'],
    ['r', '\r'],
    ['\\', '\\'],
    ['0', '\0'],
  ]);
  return text.replace(
    /\\(?:([tnr\\0])|x([0-9a-f]{2})|u\{([0-9a-f]{1,6})\})/gi,
    (whole, name: string | undefined, hex: string | undefined, point: string | undefined) => {
      if (name !== undefined) return named.get(name) ?? whole;
      const code = Number.parseInt((hex ?? point)!, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** `a,b,"c, d"` as three texts; quotes inside quotes are doubled. A JSON list is taken as it is. */
export function splitList(text: string): string[] {
  if (text.trimStart().startsWith('[')) {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list;
    throw new SyntaxError('is not a list of texts');
  }
  const items: string[] = [];
  let item = '';
  let inQuotes = false;
  let wasQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (inQuotes) {
      if (character !== '"') item += character;
      else if (text[i + 1] === '"') {
        item += '"';
        i++;
      } else inQuotes = false;
    } else if (character === '"' && item.trim() === '' && !wasQuoted) {
      item = '';
      inQuotes = true;
      wasQuoted = true;
    } else if (character === ',') {
      items.push(wasQuoted ? item : item.trim());
      item = '';
      wasQuoted = false;
    } else if (!wasQuoted || character.trim() !== '') item += character;
  }
  if (inQuotes) throw new SyntaxError('opens a quote that never closes');
  items.push(wasQuoted ? item : item.trim());
  return text.trim() === '' ? [] : items;
}

const TRUE = ['true', 'yes', 'on', '1'];
const FALSE = ['false', 'no', 'off', '0'];

/** The value that a flag's text means for an option. Throws `config.wrong-option` that names the flag. */
export function parseFlagValue(flag: string, text: string, field: OptionField): unknown {
  // A secret itself would stand in the shell's history: a flag names it.
  if (field.secret === true && field.nullable === true && text === 'none') return null;
  if (field.secret === true && !/^\s*\{/.test(text)) return { secret: text };
  const mayBeNull = field.nullable === true || field.default === null;
  if (mayBeNull && field.kind !== 'text' && text === 'none') return null;
  try {
    switch (field.kind) {
      case 'choice': {
        const values = (field.choices ?? []).map((choice) => choice.value);
        if (values.includes(text) || field.open === true) return text;
        const near = nearestNames(text, values);
        throw wrong(
          flag,
          near.length > 0
            ? `“${text}” is not a choice; did you mean ${near.join(' or ')}?`
            : `“${text}” is not one of ${values.join(', ')}.`,
        );
      }
      case 'switch':
        if (TRUE.includes(text.toLowerCase())) return true;
        if (FALSE.includes(text.toLowerCase())) return false;
        throw wrong(flag, `“${text}” is neither true nor false.`);
      case 'switch-or-list':
        if (text === 'true') return true;
        return text === 'false' ? false : splitList(text);
      case 'integer':
      case 'number': {
        const number = text.trim() === '' ? Number.NaN : Number(text);
        const fits =
          field.kind === 'integer' ? Number.isSafeInteger(number) : Number.isFinite(number);
        if (!fits)
          throw wrong(
            flag,
            `“${text}” is not a ${field.kind === 'integer' ? 'whole number' : 'number'}.`,
          );
        return number;
      }
      case 'character':
        return unescape(text);
      case 'list':
      case 'columns':
        return splitList(text);
      case 'map':
      case 'column-map':
        return text.trimStart().startsWith('{')
          ? (JSON.parse(text) as unknown)
          : Object.fromEntries(splitList(text).map((pair) => splitPair(pair)));
      case 'json':
      case 'column-formats':
      case 'object':
      case 'objects':
        return /^\s*[[{"]/.test(text) ? (JSON.parse(text) as unknown) : text;
      default:
        return field.multiline === true ? unescape(text) : text;
    }
  } catch (thrown) {
    if (thrown instanceof SyntaxError) throw wrong(flag, thrown.message);
    throw thrown;
  }
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=');
  if (at < 0) throw new SyntaxError(`“${pair}” has no =`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}
