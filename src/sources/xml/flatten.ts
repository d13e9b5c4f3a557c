// The columns that the records of a sample have: elements and attributes by name, nested ones flattened or as JSON.
import { elementJson, isNested, type XmlElement } from './element.ts';
import type { XmlOptions } from './options.ts';

/** One value of a record: text, null, or (of lists and nested values) JSON. */
export interface FlatValue {
  column: string;
  text: string | null;
  /** `item`: one value of a list. */
  form: 'text' | 'json' | 'item';
  /** For `json` and `item`: whether it is more than a text. */
  isNested: boolean;
}

/** What is known of the elements of all records: whose columns are lists, which are nested, and which have text of their own. */
export class FlatShape {
  readonly lists = new Set<string>();
  readonly #nested = new Set<string>();
  readonly #texts = new Set<string>();
  readonly #options: Pick<XmlOptions, 'nested' | 'textName'>;

  constructor(options: Pick<XmlOptions, 'nested' | 'textName'>) {
    this.#options = options;
  }

  /** Learns from one record. */
  learn(record: XmlElement): void {
    const counts = new Map<string, number>();
    for (const { column, form } of this.#values(record, '', (path) => this.lists.add(path))) {
      if (form !== 'text') continue;
      const count = (counts.get(column) ?? 0) + 1;
      counts.set(column, count);
      // Two places of one name: a dot in the name of an element, or names whose prefixes are left out.
      if (count > 1) this.lists.add(column);
    }
  }

  /** Its values, once every record was learned from. */
  values(record: XmlElement): FlatValue[] {
    return this.#values(record, '', () => {});
  }

  #values(
    element: XmlElement,
    prefix: string,
    onRepeated: (path: string) => void,
    found: FlatValue[] = [],
  ): FlatValue[] {
    const { nested, textName } = this.#options;
    const put = (column: string, text: string | null): void => {
      const form = this.lists.has(column) ? 'item' : 'text';
      const json = form === 'item' ? JSON.stringify(text) : text;
      found.push({ column, text: json, form, isNested: false });
    };
    const own = prefix === '' ? textName : prefix.slice(0, -1);
    if (element.isNil) put(own, null);
    else {
      // Of elements that hold others or attributes, only what is more than white space is a text.
      const isPlain = prefix !== '' && !isNested(element) && !this.#nested.has(own);
      if (isPlain || /[^ \t\r\n]/.test(element.text)) {
        if (element.text !== '') this.#texts.add(own);
        put(own, element.text);
      } else if (element.children.length === 0 && this.#texts.has(own)) put(own, element.text);
    }
    for (const { name, value } of element.attributes) put(prefix + name, value);
    if (isNested(element)) this.#nested.add(own);
    const names = new Set<string>();
    for (const child of element.children) {
      const path = prefix + child.name;
      if (names.has(path)) onRepeated(path);
      names.add(path);
      const isList = this.lists.has(path);
      if (isList || nested === 'json') {
        if (isNested(child)) this.#nested.add(path);
        if (isList || this.#nested.has(path)) {
          const json = elementJson(child, textName);
          const form = isList ? 'item' : 'json';
          found.push({ column: path, text: json, form, isNested: isNested(child) });
          continue;
        }
      }
      this.#values(child, `${path}.`, onRepeated, found);
    }
    return found;
  }
}
