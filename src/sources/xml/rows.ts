// Turns records, one after the other, into the rows of a text block.
import { shorten } from '../../contract/errors.ts';
import type { Loss } from '../../contract/report.ts';
import type { Schema } from '../../table/data-type.ts';
import { putContent, trimmedFrom, trimmedTo } from './content.ts';
import { elementJson, isNested, XmlElements, type XmlElement } from './element.ts';
import { newKeyError, type GrowingSchema } from './growth.ts';
import { ATTRIBUTE_SIZE, HAS_BREAK, HAS_REFERENCE, IS_SPACE } from './lexer.ts';
import { isTrue, type XmlNaming } from './naming.ts';
import type { XmlOptions } from './options.ts';
import { formsOf, RecordCells } from './record-cells.ts';
import { AS_JSON, AS_LIST, AS_TEXT, RecordShape, type ElementShape } from './record-shape.ts';
import { CDATA, END, START, TEXT, type XmlScan } from './scan.ts';
import { LOSS_SENTENCES } from './texts.ts';

/** Names left out that are told apart; further ones are counted together. */
const MOST_LEFT_OUT = 1_000;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** An element of the record that is open. */
interface Frame {
  shape: ElementShape;
  /** Number of its own among all elements. */
  id: number;
  last: ElementShape | null;
  isKept: boolean;
  isNil: boolean;
  hasAttributes: boolean;
  hasChildren: boolean;
  /** Its text: ranges of the window and their flags, three numbers each. */
  pieces: number[];
  isSpace: boolean;
}

/** Where the record stands, for what is told of it. */
interface RecordPlace {
  line: number;
  offset: number;
}

export class XmlRows {
  readonly cells: RecordCells;
  readonly #scan: XmlScan;
  readonly #options: XmlOptions;
  readonly #naming: XmlNaming;
  readonly #elements: XmlElements;
  readonly #shape: RecordShape;
  readonly #growth: GrowingSchema;
  readonly #isWanted: boolean[];
  readonly #isInferred: boolean[];
  /** Of list<utf8>, list<struct> and struct: whether values are nested; null = either. */
  readonly #nestedOnly: (boolean | null)[];
  readonly #frames: Frame[] = [];
  #ids = 0;
  #place: RecordPlace = { line: 0, offset: 0 };
  /** Of the record that is read; counted once it is whole. */
  #leftOut: { name: string; text: string }[] = [];
  #mixed: string[] = [];
  #losses = new Map<string, Loss>();

  constructor(
    scan: XmlScan,
    schema: Schema,
    options: XmlOptions,
    naming: XmlNaming,
    growth: GrowingSchema,
    mostColumns: number,
    wanted?: ReadonlySet<number>,
  ) {
    const { fields } = schema;
    const forms = formsOf(schema);
    this.#scan = scan;
    this.#options = options;
    this.#naming = naming;
    this.#growth = growth;
    this.#elements = new XmlElements(scan, naming, options.whitespace);
    this.#shape = new RecordShape(schema, forms, naming, mostColumns);
    this.cells = new RecordCells(schema, forms, options.emptyValues);
    this.#isWanted = fields.map((_, c) => wanted === undefined || wanted.has(c));
    this.#isInferred = fields.map(({ origin }, c) => origin === 'inferred' && this.#isWanted[c]!);
    this.#nestedOnly = fields.map(({ type }) => {
      if (type.kind === 'struct') return true;
      if (type.kind !== 'list') return null;
      return type.item.kind === 'struct' ? true : type.item.kind === 'utf8' ? false : null;
    });
  }

  /** Losses since the last call. */
  takeLosses(): Loss[] {
    const taken = [...this.#losses.values()];
    this.#losses = new Map();
    return taken;
  }

  /** Writes the row of the record whose START the scan just passed; INCOMPLETE or WRONG, or a number above 0. */
  row(isKept: boolean, line: number, offset: number): number {
    const scan = this.#scan;
    const frames = this.#frames;
    this.#place = { line, offset };
    this.#leftOut = [];
    this.#mixed = [];
    this.cells.begin();
    let top = 0;
    this.#open(0, this.#shape.root, isKept);
    if (scan.isEmpty) {
      this.#close(frames[0]!);
      return this.#finish();
    }
    for (;;) {
      const token = scan.next();
      const frame = frames[top]!;
      if (token === TEXT) {
        if ((scan.textFlags & IS_SPACE) === 0) frame.isSpace = false;
        // White space between elements is theirs to see who reads the file.
        else if (frame.hasChildren && frame.isSpace) continue;
        frame.pieces.push(scan.textFrom, scan.textTo, scan.textFlags);
      } else if (token === START) {
        if (frame.isSpace && frame.pieces.length > 0) frame.pieces.length = 0;
        frame.hasChildren = true;
        const { bytes, nameFrom, nameTo } = scan;
        const shape = this.#shape.element(frame.shape, frame.last, bytes, nameFrom, nameTo);
        frame.last = shape;
        const isRepeated = shape.parent === frame.id;
        shape.parent = frame.id;
        if (isRepeated || shape.form !== AS_TEXT || this.#options.nested === 'json') {
          const leaf = this.#keepLeaf(shape, frame.isKept);
          if (leaf < 0) return leaf;
          if (leaf > 0) continue;
          const element = this.#elements.read(frame.isKept);
          if (typeof element === 'number') return element;
          this.#keepElement(shape, element, isRepeated);
          continue;
        }
        this.#open(++top, shape, frame.isKept);
        if (scan.isEmpty) this.#close(frames[top--]!);
      } else if (token === END) {
        this.#close(frame);
        if (--top < 0) return this.#finish();
      } else if (token === CDATA) {
        if (scan.textTo > scan.textFrom) frame.isSpace = false;
        frame.pieces.push(scan.textFrom, scan.textTo, scan.textFlags);
      } else if (token < 0) return token;
    }
  }

  #finish(): number {
    const { line } = this.#place;
    for (const name of this.#mixed) this.#lose('mixed-text', name, '');
    for (const { name, text } of this.#leftOut) this.#lose('key-left-out', name, text);
    this.cells.write(this.#scan.bytes, line);
    return 1;
  }

  #lose(code: keyof typeof LOSS_SENTENCES, name: string, example: string): void {
    let column = name;
    let key = `${code} ${name}`;
    if (!this.#losses.has(key) && this.#losses.size >= MOST_LEFT_OUT) {
      column = '…';
      key = `${code} …`;
    }
    const found = this.#losses.get(key);
    if (found) found.count++;
    else
      this.#losses.set(key, {
        code: `xml.${code}`,
        sentence: LOSS_SENTENCES[code],
        column: shorten(column),
        count: 1,
        ...(example !== '' && { example: shorten(example) }),
      });
  }

  #open(index: number, shape: ElementShape, isKept: boolean): void {
    const { attributeCount, isEmpty } = this.#scan;
    let frame = this.#frames[index];
    if (frame === undefined) {
      frame = {
        shape,
        id: 0,
        last: null,
        isKept,
        isNil: false,
        hasAttributes: false,
        hasChildren: false,
        pieces: [],
        isSpace: true,
      };
      this.#frames.push(frame);
    }
    frame.shape = shape;
    frame.id = ++this.#ids;
    frame.last = null;
    frame.isKept = isKept;
    frame.isNil = false;
    frame.hasAttributes = false;
    frame.hasChildren = false;
    frame.pieces.length = 0;
    frame.isSpace = true;
    if (attributeCount > 0) this.#attributes(frame);
    if (isEmpty) frame.isSpace = true;
  }

  #attributes(frame: Frame): void {
    const { bytes, attributes, attributeCount } = this.#scan;
    for (let a = 0; a < attributeCount; a++) {
      const slot = a * ATTRIBUTE_SIZE;
      const from = attributes[slot]!;
      const shape = this.#shape.attribute(frame.shape, a, bytes, from, attributes[slot + 1]!);
      const valueFrom = attributes[slot + 2]!;
      const valueTo = attributes[slot + 3]!;
      const flags = attributes[slot + 4]!;
      if (shape.role === 'value') {
        frame.hasAttributes = true;
        if (shape.column < 0)
          this.#newKey(shape.path, false, false, this.#text(valueFrom, valueTo, flags));
        else if (this.#isWanted[shape.column]!)
          this.#keepText(shape.column, valueFrom, valueTo, flags, true, true);
      } else {
        const value = this.#text(valueFrom, valueTo, flags);
        if (shape.role === 'namespace') this.#naming.declare(decoder.decode(shape.bytes), value);
        else if (shape.role === 'nil') frame.isNil = isTrue(value);
        else frame.isKept = value === 'preserve';
      }
    }
  }

  /** What an attribute's value says. */
  #text(from: number, to: number, flags: number): string {
    const { scratch } = this.cells;
    const start = scratch.length;
    putContent(this.#scan.bytes, from, to, flags, true, scratch);
    const text = decoder.decode(scratch.bytes.subarray(start, scratch.length));
    scratch.length = start;
    return text;
  }

  #close(frame: Frame): void {
    const { shape, hasChildren } = frame;
    const { column, path } = shape;
    if (frame.isNil) {
      if (column >= 0 && this.#isWanted[column]!) {
        if (this.cells.has(column)) this.#keepSecond(column, 'null', false);
        else this.cells.keepNull(column);
      }
      return;
    }
    if (hasChildren) {
      if (frame.isSpace) return;
      this.#mixed.push(path === '' ? this.#options.textName : path);
    }
    if (column >= 0) {
      if (this.#isWanted[column]!) this.#keepPieces(column, frame);
      return;
    }
    // White space is no text of an element that otherwise holds elements or attributes.
    const isPlain = !frame.hasAttributes && !shape.isNested;
    if (!isPlain && frame.isSpace) return;
    const text = this.#joined(frame);
    if (!isPlain && !/[^ \t\r\n]/.test(text)) return;
    this.#newKey(path === '' ? this.#options.textName : path, false, false, text);
  }

  #joined({ pieces, isKept }: Pick<Frame, 'pieces' | 'isKept'>): string {
    const { scratch } = this.cells;
    const start = scratch.length;
    this.#putPieces(pieces);
    const text = decoder.decode(scratch.bytes.subarray(start, scratch.length));
    scratch.length = start;
    return this.#options.whitespace === 'trim' && !isKept
      ? text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')
      : text;
  }

  #putPieces(pieces: readonly number[]): void {
    const { bytes } = this.#scan;
    for (let p = 0; p < pieces.length; p += 3)
      putContent(bytes, pieces[p]!, pieces[p + 1]!, pieces[p + 2]!, false, this.cells.scratch);
  }

  #keepPieces(column: number, { pieces, isKept }: Frame): void {
    if (pieces.length <= 3) {
      this.#keepText(column, pieces[0] ?? 0, pieces[1] ?? 0, pieces[2] ?? 0, false, isKept);
      return;
    }
    const { scratch } = this.cells;
    const start = scratch.length;
    this.#putPieces(pieces);
    this.#keepScratch(column, start, isKept);
  }

  #keepText(
    column: number,
    from: number,
    to: number,
    flags: number,
    isValue: boolean,
    isKept: boolean,
  ): void {
    const { cells } = this;
    if ((flags & (HAS_REFERENCE | HAS_BREAK)) !== 0 || cells.has(column)) {
      const start = cells.scratch.length;
      putContent(this.#scan.bytes, from, to, flags, isValue, cells.scratch);
      this.#keepScratch(column, start, isKept);
      return;
    }
    if (this.#options.whitespace === 'trim' && !isKept) {
      from = trimmedFrom(this.#scan.bytes, from, to);
      to = trimmedTo(this.#scan.bytes, from, to);
    }
    cells.keepWindow(column, from, to);
  }

  /** Keeps what was put into the scratch from `start` on. */
  #keepScratch(column: number, start: number, isKept: boolean): void {
    const { cells } = this;
    const { bytes, length } = cells.scratch;
    const isTrimmed = this.#options.whitespace === 'trim' && !isKept;
    const from = isTrimmed ? trimmedFrom(bytes, start, length) : start;
    const to = isTrimmed ? trimmedTo(bytes, from, length) : length;
    if (!cells.has(column)) cells.keepScratch(column, from, to);
    else this.#keepSecond(column, JSON.stringify(decoder.decode(bytes.subarray(from, to))), false);
  }

  /** A further value of a column in this record. */
  #keepSecond(column: number, json: string, isMore: boolean): void {
    this.cells.addJson(column, json);
    const isList = this.cells.isList(column);
    if (this.#isInferred[column]! && !isList)
      this.#growth.misfit(column, this.#surprise(true, isMore, json));
  }

  /**
   * A plain text as one of a list, without a tree: what most lists hold. 1 = kept; 0 = it is more, and nothing was passed;
   * INCOMPLETE or WRONG.
   */
  #keepLeaf({ column, form }: ElementShape, isKept: boolean): number {
    const scan = this.#scan;
    const { at, depth, nameFrom, nameTo } = scan;
    const isPlainList = form === AS_LIST && this.#nestedOnly[column] === false;
    if (!isPlainList || scan.attributeCount > 0 || scan.isEmpty) return 0;
    let token = scan.next();
    const hasText = token === TEXT;
    const { textFrom, textTo, textFlags } = scan;
    if (hasText) token = scan.next();
    if (token < 0) return token;
    if (token !== END) {
      scan.at = at;
      scan.leave(depth);
      scan.nameFrom = nameFrom;
      scan.nameTo = nameTo;
      scan.attributeCount = 0;
      scan.isEmpty = false;
      return 0;
    }
    if (!this.#isWanted[column]!) return 1;
    const { cells } = this;
    if (!hasText) cells.addItem(column, scan.bytes, 0, 0);
    else if ((textFlags & (HAS_REFERENCE | HAS_BREAK)) === 0) {
      const isTrimmed = this.#options.whitespace === 'trim' && !isKept;
      const from = isTrimmed ? trimmedFrom(scan.bytes, textFrom, textTo) : textFrom;
      cells.addItem(
        column,
        scan.bytes,
        from,
        isTrimmed ? trimmedTo(scan.bytes, from, textTo) : textTo,
      );
    } else {
      const text = this.#joined({ pieces: [textFrom, textTo, textFlags], isKept });
      if (cells.has(column)) cells.addJson(column, JSON.stringify(text));
      else cells.keepJson(column, JSON.stringify(text));
    }
    return 1;
  }

  #surprise(isList: boolean, isMore: boolean, text: string) {
    return { isList, isNested: isMore, text, ...this.#place };
  }

  /** An element that is a value as a whole: of a list, as JSON, or one that repeats. */
  #keepElement(shape: ElementShape, element: XmlElement, isRepeated: boolean): void {
    const { column, form } = shape;
    const { cells } = this;
    const isMore = isNested(element);
    if (column >= 0 && !this.#isWanted[column]!) return;
    const json = elementJson(element, this.#options.textName);
    if (column < 0) {
      const isNothing = !isMore && element.text === '' && (shape.isNested || element.isNil);
      if (!isNothing) this.#newKey(shape.path, isRepeated, isMore, isMore ? json : element.text);
      return;
    }
    const only = this.#nestedOnly[column]!;
    const isEmpty = !isMore && !element.isNil && element.text === '';
    if (form === AS_LIST) {
      if (only !== null && only !== isMore && !element.isNil && this.#isInferred[column]!)
        this.#growth.misfit(column, this.#surprise(true, true, json));
      if (cells.has(column)) cells.addJson(column, json);
      else cells.keepJson(column, json);
    } else if (cells.has(column) || isRepeated) {
      if (!cells.has(column)) cells.keepNull(column);
      this.#keepSecond(column, json, isMore);
    } else if (element.isNil && !isMore) cells.keepNull(column);
    else if (form === AS_JSON) {
      if (isEmpty && this.#options.emptyValues !== 'text') cells.keepNull(column);
      else {
        if (only !== null && only !== isMore && this.#isInferred[column]!)
          this.#growth.misfit(column, this.#surprise(false, true, json));
        cells.keepJson(column, json);
      }
    } else if (isMore) {
      if (this.#isInferred[column]!) this.#growth.misfit(column, this.#surprise(false, true, json));
      cells.keepJson(column, json);
    } else {
      const start = cells.scratch.length;
      cells.scratch.text(element.text);
      cells.keepScratch(column, start, cells.scratch.length);
    }
  }

  #newKey(name: string, isList: boolean, isMore: boolean, text: string): void {
    const { newKeys } = this.#options;
    if (newKeys === 'fail') throw newKeyError(name, this.#place.line);
    if (newKeys === 'ignore') this.#leftOut.push({ name, text });
    else this.#growth.newKey(name, this.#surprise(isList, isMore, text));
  }
}
