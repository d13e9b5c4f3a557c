// What names of elements and attributes are called in columns, and which attributes are no data but say something of XML.
import type { XmlOptions } from './options.ts';

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** `value`: data. The others declare a namespace, say what white space means, or that an element is null. */
export type AttributeRole = 'value' | 'namespace' | 'space' | 'nil';

export class XmlNaming {
  readonly textName: string;
  readonly #isLocal: boolean;
  readonly #mark: string;
  /** Prefixes that stood for the namespace of xsi:nil anywhere; that of custom is taken without a declaration. */
  readonly #nilPrefixes = new Set(['xsi']);

  constructor(options: XmlOptions) {
    this.textName = options.textName;
    this.#isLocal = options.names === 'local';
    this.#mark = options.attributePrefix;
  }

  /** A name as columns have it. */
  element(name: string): string {
    const colon = this.#isLocal ? name.indexOf(':') : -1;
    return colon < 0 || colon === name.length - 1 ? name : name.slice(colon + 1);
  }

  attribute(name: string): string {
    return this.#mark + this.element(name);
  }

  roleOf(name: string): AttributeRole {
    if (name === 'xmlns' || name.startsWith('xmlns:')) return 'namespace';
    if (name === 'xml:space') return 'space';
    const isNil = name.endsWith(':nil') && this.#nilPrefixes.has(name.slice(0, -4));
    return isNil ? 'nil' : 'value';
  }

  /** Is told of the namespaces that are declared. */
  declare(name: string, uri: string): void {
    if (uri === XSI && name.startsWith('xmlns:')) this.#nilPrefixes.add(name.slice(6));
  }
}

/** Whether the value of xsi:nil says so. */
export function isTrue(value: string): boolean {
  const text = value.trim();
  return text === 'true' || text === '1';
}
