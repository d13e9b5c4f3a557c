// The four steps' answers in words, and the sentence of the run bar: read top to bottom they are the export.
import type { CharsetConfig, OutputConfig } from '../../contract/config.ts';
import type { Catalogue, CheckResult, Inspection } from '../../contract/verbs.ts';
import type { Draft } from '../draft.ts';
import { RANGE_STEP, activeStepOf, outputOf } from '../plan-parts.ts';
import { changedFields, isShown } from '../form/OptionForm.tsx';
import { isSameValue, showValue } from '../form/show-value.ts';
import { countOf, formatSize } from '../format-number.ts';
import { messages } from '../messages.en.ts';
import { dataWords } from './data-words.en.ts';
import { deliveryWords } from './delivery-words.en.ts';
import { optionsWords } from './format-words.en.ts';
import { countText, roughly } from './rounded.ts';
import type { RowFlow } from './row-flow.ts';
import { stepSentence } from './recipe/sentences.ts';
import { columnsOf, filterTextOf } from './steps.ts';
import { readStretch, saysOf } from './time-range.ts';

type Format = Catalogue['formats'][number];
type Answer = { answer: string; sub: string };

/** The preset the options started from: the one chosen, else the one they equal. */
export function chosenPreset(
  format: Format,
  options: Readonly<Record<string, unknown>>,
  presetId: string | null,
  charset: Partial<CharsetConfig>,
): Format['presets'][number] | undefined {
  const isOfCharset = ({ output }: Format['presets'][number]) =>
    isSameValue({ ...charset, ...output?.charset }, charset);
  const filled = (values: Readonly<Record<string, unknown>>) =>
    format.options.map((field) =>
      Object.hasOwn(values, field.id) ? values[field.id] : field.default,
    );
  return (
    format.presets.find((preset) => preset.id === presetId) ??
    format.presets.find(
      (preset) => isOfCharset(preset) && isSameValue(filled(preset.options), filled(options)),
    )
  );
}

export function formatAnswer(draft: Draft, catalogue: Catalogue): Answer {
  const { id } = outputOf(draft.config).format;
  const format = catalogue.formats.find((each) => each.id === id);
  return { answer: format?.title ?? id, sub: format?.purpose ?? '' };
}

/** `columnsOut`: how many columns the plan makes, where that was found out. */
export function dataAnswer(
  draft: Draft,
  catalogue: Catalogue,
  inspection: Inspection | undefined,
  flow: RowFlow | null = null,
  columnsOut: number | null = null,
): Answer {
  const words = dataWords;
  const { config } = draft;
  const total = inspection?.columns.length;
  const parts = PARTS.map((part) => activeStepOf(config, part));
  const [range, filter, limitStep, select] = parts;
  const others = config.datasets[0]!.steps.filter((step) => step.enabled && !parts.includes(step));
  const chosen = inspection && columnsOf(inspection.columns, select?.options);
  const out = chosen?.filter((column) => column.isOut).length ?? total;
  const columns =
    others.length > 0 && columnsOut !== null && columnsOut !== out
      ? words.columns(columnsOut)
      : total === undefined
        ? words.allColumns
        : out === total
          ? words.columns(total)
          : words.someColumns(out ?? 0, total);
  const limit = limitStep?.options;
  const time = readStretch(range?.options.where);
  const cut = limit ? words.limited(limit.limit as number | null, Number(limit.offset ?? 0)) : '';
  const where = filterTextOf(filter?.options);
  const renamed = chosen?.filter((c) => c.isOut && c.newName !== null).length ?? 0;
  const { watermark } = config.sources[0]!;
  const sub = [
    watermark ? words.newBy(watermark.column.name) : '',
    time ? words.timeIs(time.column.name, saysOf(time)) : '',
    where,
    ...others.map((step) => stepSentence(step, cardOf(catalogue, step.kind))),
    cut,
    renamed > 0 ? words.renamed(renamed) : '',
  ];
  const isCut = parts.slice(0, 3).some(Boolean) || others.length > 0;
  return {
    answer: `${rowsAnswer(isCut, inspection, flow)}, ${columns}`,
    sub: sub.filter(Boolean).join('; ') || words.asTheyAre,
  };
}

/** Steps with words of their own in the answer. */
const PARTS = [RANGE_STEP, 'filter', 'limit', 'select'];

function cardOf(
  { transforms }: Catalogue,
  kind: string,
): Catalogue['transforms'][number] | undefined {
  return transforms.find((card) => card.id === kind);
}

function rowsAnswer(
  isCut: boolean,
  inspection: Inspection | undefined,
  flow: RowFlow | null,
): string {
  const words = dataWords;
  if (flow?.isExact || (isCut && flow)) {
    const all = countText(flow.rowsIn, flow.isExact || inspection?.isWhole === true);
    const isAll = flow.rowsOut === flow.rowsIn;
    const rows = flow.rowsIn === 1 ? messages.row : messages.rows;
    const out = countText(flow.rowsOut, flow.isExact);
    const isMade = flow.merged > 0 || flow.added > 0;
    return `${isMade ? words.from(out) : isAll ? '' : words.of(out)}${all}\u00a0${rows}`;
  }
  return isCut ? words.rowsThatPass : words.allRows(inspection ? rowsText(inspection) : null);
}

/** `1,000,000 rows`, `≈ 1,000,000 rows` while only estimated, null while unknown. */
export function rowsText(inspection: Inspection): string | null {
  const { row, rows } = messages;
  if (inspection.isWhole) return countOf(inspection.sampledRows, row, rows);
  if (inspection.estimatedRows === null) return null;
  return `≈\u00a0${countOf(roughly(inspection.estimatedRows), row, rows)}`;
}

export function optionsAnswer(draft: Draft, catalogue: Catalogue): Answer {
  const { format: part, charset } = outputOf(draft.config);
  const format = catalogue.formats.find((each) => each.id === part.id);
  if (format === undefined) return { answer: optionsWords.asUsual, sub: '' };
  const preset = chosenPreset(format, part.options, draft.presetId, charset);
  const changed = changedFields(format.options, part.options, preset?.options ?? {});
  const list = changed
    .slice(0, 4)
    .map((field) => optionsWords.isNow(field.title, showValue(field, part.options[field.id])));
  const answer = preset?.title ?? optionsWords.asUsual;
  if (changed.length === 0) return { answer, sub: preset?.help ?? usual(format) };
  return {
    answer: optionsWords.withChanges(answer, changed.length),
    sub: list.join(', ') + (changed.length > list.length ? ' …' : ''),
  };
}

/** The options people ask about first, in words. */
function usual(format: Format): string {
  return format.options
    .filter((field) => isShown(field, format.options, (other) => other.default))
    .filter((field) => !field.advanced && field.default !== '' && field.default !== null)
    .slice(0, 4)
    .map((field) => optionsWords.isNow(field.title, showValue(field, field.default)))
    .join(', ');
}

export function deliveryAnswer(
  draft: Draft,
  catalogue: Catalogue,
  check: CheckResult | undefined,
): Answer {
  const output = outputOf(draft.config);
  const words = deliveryWords;
  const card = catalogue.deliveries.find((each) => each.id === output.delivery.id);
  const names = check?.fileNames ?? [];
  const what =
    output.split === null || output.archive !== null
      ? (names[0] ?? draft.config.name)
      : words.parts(names[0] ?? draft.config.name);
  const answer = words.answer(what, where(draft, card?.needs ?? 'nothing', output.delivery.id));
  const charset = catalogue.charsets.find((each) => each.id === output.charset.id);
  const format = catalogue.formats.find((each) => each.id === output.format.id);
  const facts = [
    ...splitFacts(output),
    packed(draft),
    format?.isText
      ? words.charsetSays(charset?.title ?? output.charset.id, output.charset.bom)
      : '',
    words.proofSays(
      output.verify.readBack,
      output.verify.checksum === 'sha256',
      output.verify.values,
    ),
  ];
  return { answer, sub: `${facts.filter(Boolean).join(', ')}.` };
}

/** `a file for each country`, `10,000 rows a file`. */
function splitFacts({ split }: OutputConfig): string[] {
  const words = deliveryWords;
  if (split === null) return [words.oneFile];
  const { columns, rows, bytes } = split;
  return [
    columns ? words.splitColumnsSays(columns.map(({ name }) => name).join(', ')) : '',
    rows === undefined ? '' : words.splitSays(rows),
    bytes === undefined ? '' : words.splitBytesSays(formatSize(bytes)),
  ];
}

export function packed(draft: Draft): string {
  const output = outputOf(draft.config);
  const part = output.archive ?? output.compression;
  if (part === null) return '';
  return deliveryWords.packedSays(part.id, part.options.level as number | undefined);
}

/** `into exports`, `to a file you choose`. */
export function whereAnswer(draft: Draft, catalogue: Catalogue): string {
  const { id } = outputOf(draft.config).delivery;
  const card = catalogue.deliveries.find((each) => each.id === id);
  return where(draft, card?.needs ?? 'nothing', id);
}

function where(draft: Draft, needs: 'file' | 'folder' | 'nothing', id: string): string {
  const words = deliveryWords;
  if (needs === 'file') return words.toFile;
  if (needs === 'folder')
    return draft.folder ? words.toFolder(draft.folder.name) : words.toSomeFolder;
  if (id === 'http') {
    const { url } = outputOf(draft.config).delivery.options;
    const host = typeof url === 'string' && URL.canParse(url) ? new URL(url).host : '';
    return host === '' ? words.toSomeAddress : words.toAddress(host);
  }
  if (id === 'share') return words.toShare;
  if (id === 'mail') return words.toMail;
  return id === 'clipboard' ? words.toClipboard : words.toDownloads;
}
