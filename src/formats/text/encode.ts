// The text encoder: the templates' own text, and between it the values of each row, escaped for the target.
import { countLosses } from '../../contract/count-losses.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import type { Encoder, EncoderContext } from '../../contract/encoder.ts';
import type { FormatModule } from '../../contract/format-plugin.ts';
import { rejectFindings } from '../../contract/reject-findings.ts';
import { resolveColumn } from '../../contract/columns.ts';
import { compileExpression } from '../../expression/compile.ts';
import { type Batch, selectedCount, selectedRow, type TypedColumn } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { type ContentOfRow, createContentReader } from '../../table/cell-content.ts';
import type { DataType } from '../../table/data-type.ts';
import { lineOfRow } from '../../table/text-block.ts';
import { readTemplates } from './check.ts';
import { shapeOf, TARGETS, type TargetRules } from './escapes.ts';
import { maskNumber } from '../../contract/number-mask.ts';
import type { TextOptions } from './options.ts';
import type { Finish, Node, Word } from '../../contract/template-text.ts';
import { LOSS_TEXTS } from './texts.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Writes one piece of a row. */
type Piece = (row: number, rowNumber: number) => void;

function openEncoder(context: EncoderContext<TextOptions>): Encoder {
  const { options, schema } = context;
  const { nodes, findings } = readTemplates(options, schema);
  rejectFindings(findings);
  const out = new ByteWriter(1 << 16);
  const losses = countLosses(LOSS_TEXTS);
  const separator = encoder.encode(options.separator);

  const rulesOf = ({ target }: Finish): TargetRules => TARGETS[target ?? options.target];

  /** A writer of values of a type, as their placeholder wants them. */
  const writerOf = (type: DataType, finish: Finish): ((text: string | null) => void) => {
    const rules = rulesOf(finish);
    const { mask, otherwise } = finish;
    const shape = { kind: shapeOf(type) };
    const isPlain = rules === TARGETS.none && mask === null;
    const none =
      otherwise !== null
        ? rules.write(otherwise, { kind: 'text' })
        : options.nullText !== ''
          ? options.nullText
          : (rules.none ?? '');
    return (text) => {
      if (text === null) out.text(none);
      else if (isPlain) out.text(text);
      else
        out.text(
          // A masked number is spelt for people, and no longer one to programs.
          mask === null
            ? rules.write(text, shape)
            : rules.write(maskNumber(text, mask), { kind: 'text' }),
        );
    };
  };

  const pieceOf = (type: DataType, finish: Finish, read: ContentOfRow): Piece => {
    const write = writerOf(type, finish);
    return (row) => {
      const bytes = read(row);
      write(bytes === null ? null : decoder.decode(bytes));
    };
  };

  const wordText = (word: Word, finish: Finish, rowCount: number, rowNumber = 0): string => {
    const rules = rulesOf(finish);
    const text = (value: string): string => rules.write(value, { kind: 'text' });
    const number = (value: number): string => {
      const plain = String(value);
      return finish.mask === null
        ? rules.write(plain, { kind: 'number' })
        : text(maskNumber(plain, finish.mask));
    };
    switch (word) {
      case 'rowNumber':
        return number(rowNumber);
      case 'index':
        return number(rowNumber - 1);
      case 'rows':
        return number(rowCount);
      case 'part':
        return number(context.part + 1);
      case 'name':
        return text(context.name);
      case 'source':
        return text(context.sourceName);
      case 'time':
        return text(new Date(context.startedAtMs).toISOString());
      case 'columns':
        return schema.fields.map(({ name }) => text(name)).join(finish.join ?? ', ');
    }
  };

  /** Expressions are compiled once, with all their mistakes; plain columns are never parsed. */
  const compiled = nodes.row.map((node) => {
    if (node.kind !== 'value' || node.expression.op === 'column') return null;
    const name = shorten(node.expression.op, 40);
    return compileExpression(node.expression, schema, {
      timeZone: context.timeZone,
      startedAtMs: context.startedAtMs,
      onError(batch, row, sentence) {
        if (options.onError === 'null') losses.count('text.not-computed', name, sentence);
        else {
          const line = batch.block === null ? '' : ` (line ${lineOfRow(batch.block, row)})`;
          throw new ExportError('expression.failed', { detail: sentence, where: line });
        }
      },
    });
  });

  const piecesOf = (batch: Batch): Piece[] =>
    nodes.row.flatMap((node: Node, at): Piece[] => {
      switch (node.kind) {
        case 'text': {
          const bytes = encoder.encode(node.text);
          return [() => out.put(bytes)];
        }
        case 'word':
          return [(_row, rowNumber) => out.text(wordText(node.word, node.finish, 0, rowNumber))];
        case 'all': {
          const join = encoder.encode(node.finish.join ?? ', ');
          return schema.fields.flatMap(({ type }, position): Piece[] => {
            const piece = pieceOf(type, node.finish, createContentReader(batch, position));
            return position === 0 ? [piece] : [() => out.put(join), piece];
          });
        }
        case 'value': {
          const expression = compiled[at];
          if (expression) {
            const column = expression.evaluate(batch);
            return [pieceOf(expression.type, node.finish, readerOf(column))];
          }
          if (node.expression.op !== 'column') return [];
          const position = resolveColumn(schema, node.expression.column);
          const { type } = schema.fields[position]!;
          return [pieceOf(type, node.finish, createContentReader(batch, position))];
        }
      }
    });

  const writeFixed = (some: readonly Node[], rowCount: number): void => {
    for (const node of some)
      if (node.kind === 'text') out.text(node.text);
      else if (node.kind === 'word') out.text(wordText(node.word, node.finish, rowCount));
  };

  return {
    begin() {
      writeFixed(nodes.prefix, 0);
      return [{ bytes: out.take() }];
    },
    encodeBatch(batch, at) {
      out.clear();
      const rowCount = selectedCount(batch);
      const pieces = rowCount === 0 ? [] : piecesOf(batch);
      for (let i = 0; i < rowCount; i++) {
        if (i > 0 || !at.isFirst) out.put(separator);
        const row = selectedRow(batch, i);
        const rowNumber = at.firstRow + i + 1;
        for (const piece of pieces) piece(row, rowNumber);
      }
      return { segments: rowCount === 0 ? [] : [{ bytes: out.take() }], losses: losses.take() };
    },
    end({ rowCount }) {
      writeFixed(nodes.suffix, rowCount);
      return [{ bytes: out.take() }];
    },
  };
}

/** The texts of a computed column. */
function readerOf(column: TypedColumn): ContentOfRow {
  const field = { name: '', type: column.type, nullable: true, origin: 'native' as const };
  const batch: Batch = {
    schema: { fields: [field] },
    rowCount: column.length,
    selection: null,
    columns: [column],
    block: null,
  };
  return createContentReader(batch, 0);
}

export const textModule: FormatModule<TextOptions> = { openEncoder };
