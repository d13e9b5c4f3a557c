// A config in a few words, for lists and details.
import type { ExportConfig } from '../../contract/config.ts';
import { countOf } from '../format-number.ts';
import { messages } from '../messages.en.ts';
import { takesOthers } from '../other-data.ts';
import { stepSentence } from '../plan/recipe/sentences.ts';
import { templateWords as words } from './messages.en.ts';

const NAMES = new Map([
  ['excel', 'Excel'],
  ['parquet', 'Parquet'],
  ['arrow', 'Arrow'],
  ['avro', 'Avro'],
  ['sqlite', 'SQLite'],
  ['markdown', 'Markdown'],
  ['text', 'Text'],
]);

/** `csv` → `CSV`; – where it is not known. */
export function formatName(id: string): string {
  return id === '' ? '–' : (NAMES.get(id) ?? id.toUpperCase());
}

/** What the steps do, one line each. */
export function stepLines(config: ExportConfig): { id: string; title: string; text: string }[] {
  return config.datasets
    .flatMap((dataset) => dataset.steps)
    .filter((step) => step.enabled)
    .map((step) => {
      const { id, kind, options } = step;
      if (takesOthers(step))
        return { id, title: words.combined, text: stepSentence(step, undefined) };
      const where = options['where'];
      if (kind === 'filter')
        return {
          id,
          title: words.filter,
          text: typeof where === 'string' ? where : JSON.stringify(where),
        };
      if (kind === 'limit') {
        const limit = options['limit'];
        const offset = Number(options['offset'] ?? 0);
        const parts = [
          typeof limit === 'number' ? countOf(limit, messages.row, messages.rows) : '',
          offset > 0 ? words.after(countOf(offset, messages.row, messages.rows)) : '',
        ];
        return { id, title: words.limit, text: parts.filter(Boolean).join(', ') };
      }
      return {
        id,
        title: kind === 'select' ? words.columns : kind,
        text: Object.entries(options)
          .filter(([, value]) => !Array.isArray(value) || value.length > 0)
          .map(([option, value]) => words.columnChange(option, namesIn(value)))
          .join('; '),
      };
    });
}

/** Column names inside an option's value. */
function namesIn(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null) return [];
    if ('column' in each && 'name' in each) {
      const [from = ''] = namesIn([each.column]);
      return [`${from} → ${String(each.name)}`];
    }
    return 'name' in each ? [String(each.name)] : [];
  });
}

/** `filtered, columns chosen, gzip`: what stands out. */
export function configSentence(config: ExportConfig): string {
  const kinds = new Set(
    config.datasets.flatMap(({ steps }) => steps.filter((s) => s.enabled).map((s) => s.kind)),
  );
  const [output] = config.outputs;
  const parts = [
    kinds.has('filter') ? words.filtered : words.allRows,
    kinds.has('select') ? words.columnsChosen : words.allColumns,
    kinds.has('limit') ? words.limited : '',
    output?.archive?.id ?? '',
    output?.compression?.id ?? '',
  ];
  return parts.filter(Boolean).join(', ');
}
