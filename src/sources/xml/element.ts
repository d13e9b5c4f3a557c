// A part of a record as a tree: for lists and nested values, which become JSON, and for looking at a sample.
import { ByteWriter } from '../../table/byte-writer.ts';
import { putContent } from './content.ts';
import { ATTRIBUTE_SIZE, INCOMPLETE, IS_SPACE, WRONG } from './lexer.ts';
import { isTrue, type XmlNaming } from './naming.ts';
import { CDATA, END, START, TEXT, type XmlScan } from './scan.ts';

export interface XmlElement {
  /** As columns have it. */
  name: string;
  attributes: { name: string; value: string }[];
  children: XmlElement[];
  /** Own text, joined; that between elements counts only where it is more than white space. */
  text: string;
  isNil: boolean;
  /** Whether there is text between its elements. */
  isMixed: boolean;
}

interface Open {
  element: XmlElement;
  /** `xml:space="preserve"`. */
  isKept: boolean;
  pieces: string;
  isSpace: boolean;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const SPACES = /^[ \t\r\n]+|[ \t\r\n]+$/g;

/** Trees of the elements of one document. */
export class XmlElements {
  readonly #scan: XmlScan;
  readonly #naming: XmlNaming;
  readonly #isTrimmed: boolean;
  readonly #scratch = new ByteWriter();

  constructor(scan: XmlScan, naming: XmlNaming, whitespace: 'keep' | 'trim') {
    this.#scan = scan;
    this.#naming = naming;
    this.#isTrimmed = whitespace === 'trim';
  }

  #content(from: number, to: number, flags: number, isValue: boolean): string {
    const out = this.#scratch;
    out.length = 0;
    putContent(this.#scan.bytes, from, to, flags, isValue, out);
    return decoder.decode(out.bytes.subarray(0, out.length));
  }

  #open(isKept: boolean): Open {
    const { bytes, nameFrom, nameTo, attributes, attributeCount } = this.#scan;
    const naming = this.#naming;
    const element: XmlElement = {
      name: naming.element(decoder.decode(bytes.subarray(nameFrom, nameTo))),
      attributes: [],
      children: [],
      text: '',
      isNil: false,
      isMixed: false,
    };
    const open: Open = { element, isKept, pieces: '', isSpace: true };
    for (let a = 0; a < attributeCount; a++) {
      const slot = a * ATTRIBUTE_SIZE;
      const name = decoder.decode(bytes.subarray(attributes[slot]!, attributes[slot + 1]!));
      const value = this.#content(
        attributes[slot + 2]!,
        attributes[slot + 3]!,
        attributes[slot + 4]!,
        true,
      );
      const role = naming.roleOf(name);
      if (role === 'value') element.attributes.push({ name: naming.attribute(name), value });
      else if (role === 'namespace') naming.declare(name, value);
      else if (role === 'nil') element.isNil = isTrue(value);
      else open.isKept = value === 'preserve';
    }
    return open;
  }

  #close({ element, isKept, pieces, isSpace }: Open): void {
    const hasChildren = element.children.length > 0;
    if (hasChildren && isSpace) return;
    element.isMixed = hasChildren;
    element.text = this.#isTrimmed && !isKept ? pieces.replace(SPACES, '') : pieces;
  }

  /** The element whose START the scan just passed, or why there is none. */
  read(isKept: boolean): XmlElement | typeof INCOMPLETE | typeof WRONG {
    const scan = this.#scan;
    const root = this.#open(isKept);
    if (scan.isEmpty) return root.element;
    const stack = [root];
    for (;;) {
      const top = stack.at(-1)!;
      const token = scan.next();
      switch (token) {
        case START: {
          const child = this.#open(top.isKept);
          if (top.isSpace) top.pieces = '';
          top.element.children.push(child.element);
          if (!scan.isEmpty) stack.push(child);
          break;
        }
        case END:
          this.#close(top);
          stack.pop();
          if (stack.length === 0) return root.element;
          break;
        case TEXT:
        case CDATA: {
          const isSpace = (scan.textFlags & IS_SPACE) !== 0 || scan.textTo === scan.textFrom;
          if (!isSpace) top.isSpace = false;
          if (top.isSpace && top.element.children.length > 0) break;
          top.pieces += this.#content(scan.textFrom, scan.textTo, scan.textFlags, false);
          break;
        }
        case INCOMPLETE:
        case WRONG:
          return token;
        default:
      }
    }
  }
}

/** Whether there is more to an element than its text. */
export function isNested({ attributes, children }: XmlElement): boolean {
  return attributes.length > 0 || children.length > 0;
}

/** The element's content as JSON: its text, or an object of attributes, elements (lists of those that repeat) and text. */
export function elementJson(element: XmlElement, textName: string): string {
  if (!isNested(element)) return element.isNil ? 'null' : JSON.stringify(element.text);
  const members = new Map<string, string[]>();
  const add = (name: string, json: string): void => {
    const found = members.get(name);
    if (found === undefined) members.set(name, [json]);
    else found.push(json);
  };
  for (const { name, value } of element.attributes) add(name, JSON.stringify(value));
  for (const child of element.children) add(child.name, elementJson(child, textName));
  if (element.text !== '') add(textName, JSON.stringify(element.text));
  const parts: string[] = [];
  for (const [name, values] of members)
    parts.push(
      `${JSON.stringify(name)}:${values.length === 1 ? values[0]! : `[${values.join(',')}]`}`,
    );
  return `{${parts.join(',')}}`;
}
