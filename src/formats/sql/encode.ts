// The sql encoder: a script that makes a table and fills it, the same bytes whatever batches the rows come in.
import { ExportError, shorten } from '../../contract/errors.ts';
import type {
  BatchPlace,
  EncodedBatch,
  Encoder,
  EncoderContext,
  Segment,
  StreamEncoder,
} from '../../contract/encoder.ts';
import type { FormatModule } from '../../contract/format-plugin.ts';
import { rejectFindings } from '../../contract/reject-findings.ts';
import type { Loss } from '../../contract/report.ts';
import { type Batch, selectedCount, selectedRow } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import type { Schema } from '../../table/data-type.ts';
import { optionErrors } from './check.ts';
import { dialectOf, placeColumns, tableOf, textStyleOf } from './layout.ts';
import type { SqlOptions } from './options.ts';
import { definitionOf, scriptHead, transactionOf } from './script.ts';
import { frameOf } from './statements.ts';
import { COPY_TEXT } from './text-literals.ts';
import { type CountedLoss, LOSS_TEXTS } from './texts.ts';
import { createCell, type Literals } from './values.ts';

const encoder = new TextEncoder();

const REPLACEMENT = encoder.encode('\ufffd');

/** Where the encoder stands, for what it has to say. */
interface Place {
  column: string;
  row: number;
}

/** Counts losses by kind and column. */
class LossCounter {
  #losses = new Map<string, Loss>();
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  count(code: CountedLoss, example?: string): void {
    const { column } = this.#place;
    const key = `${code} ${column}`;
    const loss = this.#losses.get(key);
    if (loss) loss.count++;
    else
      this.#losses.set(key, {
        code,
        sentence: LOSS_TEXTS[code],
        column,
        count: 1,
        ...(example !== undefined && { example: shorten(example) }),
      });
  }

  take(): Loss[] {
    const taken = [...this.#losses.values()];
    this.#losses = new Map();
    return taken;
  }
}

function openLiterals(options: SqlOptions, place: Place, losses: LossCounter): Literals {
  const dialect = dialectOf(options);
  const isCopy = options.mode === 'copy';
  const style = isCopy ? COPY_TEXT : textStyleOf(options);
  const failing = (): { column: string; row: number } => ({
    column: shorten(place.column),
    row: place.row,
  });
  const text = style.open((out) => {
    switch (options.nulCharacters) {
      case 'fail':
        throw new ExportError('encode.sql.nul-character', failing());
      case 'replace':
        losses.count('sql.nul-replaced');
        return out.put(REPLACEMENT);
      default:
        return losses.count('sql.nul-removed');
    }
  });
  const { floats } = dialect;
  const bare = (word: string | null): string | null => word && word.replaceAll("'", '');
  return {
    text,
    quote: isCopy ? '' : "'",
    hasWords: !isCopy,
    floats: isCopy
      ? {
          nan: bare(floats.nan),
          infinity: bare(floats.infinity),
          minusInfinity: bare(floats.minusInfinity),
          prefix: '',
          suffix: '',
          minusZero: '-0',
        }
      : floats,
    bools: options.booleans === 'numbers' ? ['0', '1'] : dialect.bools,
    binary: isCopy ? { before: '\\\\x', after: '' } : dialect.binary,
    emptyIsNull: dialect.emptyIsNull === true || options.emptyText === 'null',
    isInUnits: dialect.isInUnits === true,
    onEmptyAsNull: () => losses.count('sql.empty-as-null'),
    onUnheld(value) {
      if (options.unheldValues === 'fail')
        throw new ExportError('encode.sql.unheld-value', {
          ...failing(),
          value,
          database: dialect.title,
        });
      losses.count('sql.unheld-as-null', value);
    },
    onFractionCut: () => losses.count('sql.fraction-cut'),
    onTooLong(what, most) {
      throw new ExportError('encode.sql.value-too-long', { ...failing(), what, limit: most });
    },
  };
}

/** Writes the rows of one table. */
interface TableWriter {
  begin(): string;
  writeBatch(batch: Batch, firstRow: number): void;
  end(rowCount: number): void;
}

function openTable(
  context: EncoderContext<SqlOptions>,
  schema: Schema,
  tableNumber: number,
  out: ByteWriter,
  place: Place,
  losses: LossCounter,
  /** Null: statements are cut by rows alone, so that any batch can be written without those before it. */
  mostBytes: number | null,
): TableWriter {
  const { options, part } = context;
  const columns = placeColumns(options, schema);
  const table = tableOf(context, tableNumber);
  const frame = frameOf(table, columns, options);
  const literals = openLiterals(options, place, losses);
  const [head, between, end] = [frame.head, frame.between, frame.end].map((text) =>
    encoder.encode(text),
  ) as [Uint8Array, Uint8Array, Uint8Array];
  const none = encoder.encode(options.mode === 'copy' ? '\\N' : 'NULL');
  const parts = frame.parts.map(({ column, lead, ifNull }) => ({
    column,
    lead: encoder.encode(lead),
    ifNull: ifNull === undefined ? null : encoder.encode(ifNull),
  }));
  /** Of the statement that is open, when its bytes count. */
  let openRows = 0;
  let openBytes = 0;

  /** Puts the row that stands behind `mark` into the open statement, or into the next. */
  const fitRow = (mark: number): void => {
    const size = out.length - mark;
    const isFull =
      openRows === frame.rowCount || openBytes + between.length + size + end.length > mostBytes!;
    const lead = openRows > 0 && !isFull ? [between] : openRows > 0 ? [end, head] : [head];
    if (openRows === 0 || isFull) {
      if (head.length + size + end.length > mostBytes!)
        throw new ExportError('encode.sql.statement-too-long', {
          row: place.row,
          limit: mostBytes!,
          size: head.length + size + end.length,
        });
      openRows = 0;
      openBytes = head.length;
    } else openBytes += between.length;
    const row = out.bytes.slice(mark, out.length);
    out.length = mark;
    for (const bytes of lead) out.put(bytes);
    out.put(row);
    openRows++;
    openBytes += size;
  };

  return {
    begin: () => definitionOf(table, columns, options, part),
    writeBatch(batch, firstRow) {
      const cells = parts.map(({ column }) => createCell(batch, column, literals));
      const rowCount = selectedCount(batch);
      for (let i = 0; i < rowCount; i++) {
        const at = selectedRow(batch, i);
        const number = firstRow + i;
        place.row = number + 1;
        const mark = out.length;
        if (mostBytes === null) {
          if (number % frame.rowCount === 0) {
            if (number > 0) out.put(end);
            out.put(head);
          } else out.put(between);
        }
        for (let c = 0; c < parts.length; c++) {
          const { column, lead, ifNull } = parts[c]!;
          place.column = column.name;
          const before = out.length;
          out.put(lead);
          if (cells[c]!(at, out)) continue;
          if (ifNull === null) out.put(none);
          else {
            out.length = before;
            out.put(ifNull);
          }
        }
        if (mostBytes !== null) fitRow(mark);
      }
    },
    end(rowCount) {
      if (rowCount > 0) out.put(end);
    },
  };
}

/** The whole script; what is written is taken from `out`. */
function openScript(context: EncoderContext<SqlOptions>, mostBytes: number | null) {
  const { options, schema, tables, charset } = context;
  for (const table of tables ?? [{ schema }])
    rejectFindings(optionErrors(options, table.schema, charset.id));
  const out = new ByteWriter(1 << 16);
  const place: Place = { column: '', row: 0 };
  const losses = new LossCounter(place);
  const writers = (tables ?? [{ schema }]).map((table, i) =>
    openTable(context, table.schema, i, out, place, losses, mostBytes),
  );
  const { begin, commit } = transactionOf(options);
  const holdsDefinitions = dialectOf(options).transaction?.holdsDefinitions !== false;
  const take = (): Segment[] => (out.length === 0 ? [] : [{ bytes: out.take() }]);
  const writeBegin = (): void => {
    out.text(scriptHead(context));
    const definitions = writers.map((writer) => writer.begin());
    if (holdsDefinitions) out.text(begin);
    for (const definition of definitions) out.text(definition);
    if (!holdsDefinitions) out.text(begin);
  };
  return {
    begin(): Segment[] {
      writeBegin();
      return take();
    },
    encodeBatch(batch: Batch, at: BatchPlace): EncodedBatch {
      out.clear();
      writers[at.table ?? 0]!.writeBatch(batch, at.firstRow);
      return { segments: take(), losses: losses.take() };
    },
    endTable(table: number, { rowCount }: { rowCount: number }): Segment[] {
      writers[table]!.end(rowCount);
      return take();
    },
    end({ rowCount }: { rowCount: number }): Segment[] {
      if (tables === undefined) writers[0]!.end(rowCount);
      out.text(commit);
      return take();
    },
  };
}

function openEncoder(context: EncoderContext<SqlOptions>): Encoder {
  return openScript(context, null);
}

/** Statements that are cut by their bytes: each depends on the rows before it. */
function openStream(context: EncoderContext<SqlOptions>): StreamEncoder | null {
  const { maxStatementBytes, mode } = context.options;
  if (maxStatementBytes === null || mode === 'copy' || mode === 'update') return null;
  const script = openScript(context, maxStatementBytes);
  return {
    ...script,
    encodeBatch: async (batch, at) => script.encodeBatch(batch, at),
    close: async () => {},
  };
}

export const sqlModule: FormatModule<SqlOptions> = { openEncoder, openStream };
