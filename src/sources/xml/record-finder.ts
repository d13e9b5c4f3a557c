// Goes from record to record of a document, and keeps what the elements around them say of namespaces and white space.
import { putContent } from './content.ts';
import { ATTRIBUTE_SIZE } from './lexer.ts';
import type { XmlNaming } from './naming.ts';
import type { PathMatcher } from './path.ts';
import { FINISHED, START, type XmlScan } from './scan.ts';
import { ByteWriter } from '../../table/byte-writer.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class RecordFinder {
  /** Where the record's start tag begins, and at which depth. */
  recordAt = 0;
  recordDepth = 0;
  /** Whether `xml:space="preserve"` holds around the record. */
  isKept = false;
  readonly #scan: XmlScan;
  readonly #path: PathMatcher;
  readonly #naming: XmlNaming;
  /** By depth of the elements around. */
  readonly #states: number[] = [1];
  readonly #kept: boolean[] = [false];
  readonly #scratch = new ByteWriter(64);

  constructor(scan: XmlScan, path: PathMatcher, naming: XmlNaming) {
    this.#scan = scan;
    this.#path = path;
    this.#naming = naming;
  }

  /** Passes the next record's START; or FINISHED, INCOMPLETE, WRONG. Any record is read to its END before the next call. */
  next(): number {
    const scan = this.#scan;
    const states = this.#states;
    const kept = this.#kept;
    for (;;) {
      const { at, depth } = scan;
      const token = scan.next();
      if (token === START) {
        const { nameFrom, nameTo } = scan;
        const localFrom = scan.localFrom(nameFrom, nameTo);
        const state = this.#path.enter(states[depth]!, scan.bytes, nameFrom, localFrom, nameTo);
        if (this.#path.isRecord(state)) {
          this.recordAt = at;
          this.recordDepth = depth;
          this.isKept = kept[depth]!;
          return START;
        }
        if (scan.isEmpty) continue;
        states[depth + 1] = state;
        kept[depth + 1] = kept[depth]!;
        if (scan.attributeCount > 0) this.#readAttributes(depth + 1);
      } else if (token === FINISHED || token < 0) return token;
    }
  }

  #readAttributes(depth: number): void {
    const { bytes, attributes, attributeCount } = this.#scan;
    for (let a = 0; a < attributeCount; a++) {
      const [from, to, valueFrom, valueTo, flags] = attributes.subarray(
        a * ATTRIBUTE_SIZE,
        (a + 1) * ATTRIBUTE_SIZE,
      );
      const name = decoder.decode(bytes.subarray(from, to));
      const role = this.#naming.roleOf(name);
      if (role !== 'namespace' && role !== 'space') continue;
      const out = this.#scratch;
      out.length = 0;
      putContent(bytes, valueFrom!, valueTo!, flags!, true, out);
      const value = decoder.decode(out.bytes.subarray(0, out.length));
      if (role === 'namespace') this.#naming.declare(name, value);
      else this.#kept[depth] = value === 'preserve';
    }
  }

  /** Goes back to before the record, of which not all is there yet. */
  goBack(): void {
    this.#scan.rewind(this.recordAt, this.recordDepth);
  }
}
