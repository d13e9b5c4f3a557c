// Writes a JSON value as XML elements: members by their names, values of lists as items, everything else as its own text.
import type { ByteWriter } from '../../table/byte-writer.ts';
import { eachElement, eachMember } from '../../table/json-members.ts';
import { CellScan, isJsonNull } from '../../table/json-parts.ts';
import { jsonStringBytes } from '../../table/json-unescape.ts';
import type { ContentWriter } from './content.ts';

const QUOTE = 34;
const BRACE = 123;
const BRACKET = 91;
const BACKSLASH = 92;

/** How the elements inside of a value are called. */
export interface NestedNames {
  item: string;
  of(member: string): string;
}

/** Writes the value between its element's tags; false when the content is no JSON. */
export type NestedWriter = (content: Uint8Array) => boolean;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function createNestedWriter(
  out: ByteWriter,
  text: ContentWriter,
  names: NestedNames,
): NestedWriter {
  const cell = new CellScan();
  const { scan } = cell;
  const known = new Map<string, string>();
  const nameOf = (member: string): string => {
    let name = known.get(member);
    if (name === undefined) known.set(member, (name = names.of(member)));
    return name;
  };

  const writeElement = (name: string, start: number, end: number): void => {
    const { bytes } = scan;
    if (isJsonNull(bytes, start) || isEmpty(start, end)) {
      out.text(`<${name}/>`);
      return;
    }
    out.text(`<${name}>`);
    writeValue(start, end);
    out.text(`</${name}>`);
  };

  /** Empty texts, lists and objects. */
  const isEmpty = (start: number, end: number): boolean =>
    (scan.bytes[start] === QUOTE && end === start + 2) ||
    ((scan.bytes[start] === BRACE || scan.bytes[start] === BRACKET) &&
      scan.space(start + 1) === end - 1);

  const writeValue = (start: number, end: number): void => {
    const { bytes } = scan;
    const first = bytes[start]!;
    if (first === BRACE)
      eachMember(scan, start, (keyStart, keyEnd, hasEscapes, from, to) => {
        const key = decoder.decode(jsonStringBytes(bytes, keyStart, keyEnd, hasEscapes));
        writeElement(nameOf(key), from, to);
      });
    else if (first === BRACKET)
      eachElement(scan, start, (from, to) => writeElement(names.item, from, to));
    else if (first === QUOTE) {
      const hasEscapes = bytes.subarray(start, end).includes(BACKSLASH);
      const content = jsonStringBytes(bytes, start + 1, end - 1, hasEscapes);
      text.writeText(content, 0, content.length, 'element');
    } else text.write(bytes, start, end, 'element');
  };

  return (content) => {
    const start = cell.open(content);
    const end = scan.value(start);
    if (!cell.isWhole(end)) return false;
    if (!isJsonNull(scan.bytes, start)) writeValue(start, end);
    return true;
  };
}
