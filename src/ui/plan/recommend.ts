// Which format is best for what the export is for, on this data, and why, in words.
import type { Preset } from '../../contract/plugin-card.ts';
import type { Catalogue, Inspection } from '../../contract/verbs.ts';
import { recommendWords } from './format-words.en.ts';

export type Purpose = 'anyone' | 'excel' | 'database' | 'program' | 'analysis';

export interface Recommendation {
  formatId: string;
  /** The preset that goes with it. */
  preset: Preset | undefined;
  /** Whole sentences, the first the strongest. */
  reasons: string[];
}

const EXCEL_ROWS = 1_048_576;
const EXCEL_DIGITS = 15;

/** null when the catalogue has nothing to recommend. `rows`: that would go out; null while unknown. */
export function recommend(
  purpose: Purpose,
  catalogue: Catalogue,
  inspection: Inspection,
  rows: number | null,
): Recommendation | null {
  const words = recommendWords;
  const names = (columns: Inspection['columns']) => columns.map((column) => column.name);
  const nested = inspection.columns.filter(({ type }) => /^(json|list|struct|map)/.test(type));
  const typed = inspection.columns.filter(({ type }) => type !== 'utf8');
  const has = (id: string) => catalogue.formats.some((format) => format.id === id);
  const make = (formatId: string, presetId: string | null, reasons: string[]) => ({
    formatId,
    preset: catalogue.formats
      .find((format) => format.id === formatId)
      ?.presets.find((preset) => preset.id === presetId),
    reasons,
  });
  if (purpose === 'excel' && has('excel')) {
    const zeros = inspection.columns.filter(({ type, examples }) => {
      return type === 'utf8' && examples.some((text) => /^0\d+$/.test(text));
    });
    const long = inspection.columns.filter(({ examples }) =>
      examples.some((text) => /^\d+$/.test(text) && text.length > EXCEL_DIGITS),
    );
    return make('excel', null, [
      words.excel,
      ...(nested.length > 0 ? [words.excelNested(names(nested))] : []),
      ...(rows !== null && rows > EXCEL_ROWS ? [words.excelRows(EXCEL_ROWS, rows)] : []),
      ...(zeros.length > 0 ? [words.excelZeros(names(zeros))] : []),
      ...(long.length > 0 ? [words.excelDigits(names(long), EXCEL_DIGITS)] : []),
    ]);
  }
  if (purpose === 'analysis' && has('parquet'))
    return make('parquet', null, [words.analysis(typed.length, inspection.columns.length)]);
  if (nested.length > 0 && has('ndjson'))
    return make('ndjson', null, [words.nested(names(nested))]);
  if (purpose === 'program' && has('ndjson'))
    return make('ndjson', null, [words.program(typed.length, inspection.columns.length)]);
  if (!has('csv')) return null;
  if (purpose === 'database') {
    const mixed = inspection.columns.filter(
      ({ nullCount, emptyCount }) => nullCount > 0 && emptyCount > 0,
    );
    return make('csv', 'rfc4180', [
      words.database,
      ...(mixed.length > 0 ? [words.mixed(names(mixed))] : []),
    ]);
  }
  return make('csv', null, [words.flat(inspection.columns.length)]);
}
