// What a plug-in's zod types say about its options: their kinds, bounds and choices, and what objects in them are made of.
import { z } from 'zod';
import type { OptionChoice, OptionField, OptionKind, ShowIf } from './options.ts';

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
  accept?: readonly string[];
  panel?: boolean;
  numbered?: boolean;
  begins?: unknown;
  showIf?: ShowIf;
}

/** Finds the text of a part of an option; undefined where none of the keys has one. */
type FindText = (keys: readonly string[]) => string | undefined;

interface Unwrapped {
  inner: z.core.$ZodType;
  nullable: boolean;
  optional: boolean;
  /** The value where none is given; undefined: there is none. */
  fallback: unknown;
  meta: OptionMeta;
}

interface Def {
  type: string;
  innerType?: z.core.$ZodType;
  in?: z.core.$ZodType;
  out?: z.core.$ZodType;
  element?: z.core.$ZodType;
  shape?: Record<string, z.core.$ZodType>;
  options?: z.core.$ZodType[];
  discriminator?: string;
  entries?: Record<string, string>;
  values?: unknown[];
  defaultValue?: unknown;
  valueType?: z.core.$ZodType;
}

const defOf = (schema: z.core.$ZodType): Def => schema._zod.def as unknown as Def;

/** The type within defaults, preprocessing and the like; of what they say beside it the outermost counts. */
function unwrap(schema: z.core.$ZodType): Unwrapped {
  let inner = schema;
  let [nullable, optional] = [false, false];
  let fallback: unknown;
  let meta: OptionMeta = {};
  for (;;) {
    const def = defOf(inner);
    meta = { ...((inner as z.ZodType).meta() as OptionMeta | undefined), ...meta };
    if (def.type === 'nullable') nullable = true;
    if (def.type === 'optional') optional = true;
    if (def.type === 'default') fallback ??= def.defaultValue;
    if (
      def.innerType &&
      ['default', 'prefault', 'nullable', 'optional', 'readonly'].includes(def.type)
    )
      inner = def.innerType;
    // What prepares values stands before the type, what changes them behind it.
    else if (def.type === 'pipe') inner = defOf(def.in!).type === 'transform' ? def.out! : def.in!;
    else return { inner, nullable, optional, fallback, meta };
  }
}

function kindOf(inner: z.core.$ZodType): OptionKind {
  const def = defOf(inner);
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
      return kindOfList(def.element!);
    case 'record':
      return 'map';
    default:
      return 'json';
  }
}

function kindOfList(element: z.core.$ZodType): OptionKind {
  const { inner, meta } = unwrap(element);
  if (meta.kind === 'column') return 'columns';
  const { type, discriminator } = defOf(inner);
  return type === 'object' || discriminator !== undefined ? 'objects' : 'list';
}

/** The type of the objects that an option of parts is made of. */
function objectIn(inner: z.core.$ZodType): z.core.$ZodType {
  const { element } = defOf(inner);
  return element === undefined ? inner : unwrap(element).inner;
}

/**
 * One option, from its type. Texts are found by key: `<key>.title`, `<key>.help`, `<key>.<choice>`; those of a part also by
 * `<option>.<variant>.<part>` and `part.<part>`. Throws for a title or a choice without words.
 */
export function optionField(
  id: string,
  property: z.core.$ZodType,
  find: FindText,
  keys: readonly string[],
): OptionField {
  const { inner, nullable, meta } = unwrap(property);
  const kind = meta.kind ?? kindOf(inner);
  const text = (part: string): string => {
    const found = find(keys.map((key) => `${key}.${part}`));
    if (found === undefined) throw new Error(`option text missing: ${keys[0]}.${part}`);
    return found;
  };
  const field: OptionField = {
    id,
    kind,
    title: text('title'),
    help: find(keys.map((key) => `${key}.help`)) ?? '',
    default: undefined,
  };
  const chosen =
    kind === 'choice'
      ? inner
      : kind === 'column-map'
        ? unwrap(defOf(inner).valueType!).inner
        : null;
  const { entries, values } = chosen === null ? {} : defOf(chosen);
  if (entries ?? values)
    field.choices = (entries ? Object.values(entries) : values!.map(String)).map(
      (value): OptionChoice => ({ value, label: text(value) }),
    );
  if (inner instanceof z.ZodNumber && (kind === 'integer' || kind === 'number')) {
    // An integer without bounds of its own has those of safe integers, which are no news to anyone.
    const { minValue: min, maxValue: max } = inner;
    if (min !== null && min > Number.MIN_SAFE_INTEGER) field.min = min;
    if (max !== null && max < Number.MAX_SAFE_INTEGER) field.max = max;
  }
  if (kind === 'colors') {
    const { minimum, maximum } = inner._zod.bag as { minimum?: number; maximum?: number };
    if (minimum !== undefined) field.min = minimum;
    if (maximum !== undefined) field.max = maximum;
  }
  const isNumbered =
    kind === 'columns' ? unwrap(defOf(inner).element!).meta.numbered : meta.numbered;
  if (isNumbered) field.numbered = true;
  if (kind === 'object' || kind === 'objects') field.parts = partsOf(objectIn(inner), find, keys);
  if (nullable) field.nullable = true;
  if (meta.unit) field.unit = meta.unit;
  if (meta.longest) field.longest = meta.longest;
  if (meta.multiline) field.multiline = true;
  if (meta.advanced) field.advanced = true;
  if (meta.secret) field.secret = true;
  if (meta.open) field.open = true;
  if (meta.accept) field.accept = meta.accept;
  if (meta.panel) field.panel = true;
  if (meta.showIf) field.showIf = meta.showIf;
  if (meta.section) field.section = meta.section;
  return field;
}

/** What objects of this type are made of; of those of several kinds each part once, shown with the kinds that have it. */
function partsOf(schema: z.core.$ZodType, find: FindText, keys: readonly string[]): OptionField[] {
  const { shape, options, discriminator } = defOf(schema);
  if (shape !== undefined)
    return Object.entries(shape).map(([id, property]) => part(id, property, find, keys, null));
  if (options === undefined || discriminator === undefined) return [];
  const kinds = options.map((option) => {
    const { shape: own = {} } = defOf(option);
    return { kind: String(defOf(own[discriminator]!).values![0]), own };
  });
  const which = part(
    discriminator,
    z.enum(kinds.map(({ kind }) => kind) as [string, ...string[]]),
    find,
    keys,
    null,
  );
  const parts: { field: OptionField; kinds: string[] }[] = [];
  for (const { kind, own } of kinds) {
    // From the last to the first, so that what a kind has alone comes before what it shares behind it.
    let place = parts.length;
    for (const [id, property] of Object.entries(own).toReversed()) {
      if (id === discriminator) continue;
      const field = part(id, property, find, keys, kind);
      const same = parts.findIndex((each) => isSame(each.field, field));
      if (same < 0) parts.splice(place, 0, { field, kinds: [kind] });
      else {
        parts[same]!.kinds.push(kind);
        place = same;
      }
    }
  }
  return [
    { ...which, begins: kinds[0]!.kind },
    ...parts.map(({ field, kinds: of }) =>
      field.showIf !== undefined || of.length === kinds.length
        ? field
        : { ...field, showIf: { option: discriminator, equals: of } },
    ),
  ];
}

function isSame(one: OptionField, other: OptionField): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function part(
  id: string,
  property: z.core.$ZodType,
  find: FindText,
  keys: readonly string[],
  kind: string | null,
): OptionField {
  const own = keys.flatMap((key) => [
    ...(kind === null ? [] : [`${key}.${kind}.${id}`]),
    `${key}.${id}`,
  ]);
  const field = optionField(id, property, find, [...own, `part.${id}`]);
  const { optional, fallback, meta } = unwrap(property);
  if (fallback !== undefined) field.default = fallback;
  else if (!optional) field.required = true;
  if (meta.begins !== undefined) field.begins = meta.begins;
  return field;
}
