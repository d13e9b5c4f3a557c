// The packings in which a format can go out: none, those of codecs and archives, or those it has itself.
import type { OutputConfig, PartConfig } from '../contract/config.ts';
import type { ForecastCell } from '../contract/forecast.ts';
import type { FormatCard } from '../contract/format-plugin.ts';
import { PACKING_TEXTS } from './texts.ts';
import type { Plugins } from './plugins.ts';

export type CellPlan = Pick<ForecastCell, 'id' | 'title' | 'output'>;

const NONE = 'none';

/** The cells of a format, the plan's own packing alone or all. A packing that the plan has keeps its options. */
export function cellsOf(
  card: FormatCard,
  format: PartConfig,
  plan: OutputConfig,
  plugins: Plugins,
  isAll: boolean,
): CellPlan[] {
  const { archive, compression } = plan;
  if (!isAll) {
    const outer = archive ?? compression;
    const id = outer?.id ?? String(chosenCodec(card, format) ?? NONE);
    return [{ id, title: titleOf(id, card, plugins), output: { format, archive, compression } }];
  }
  const own = ownCells(card, format);
  // What is packed already packs no better.
  if (own.length > 0) return own;
  const cells = [cell(NONE, PACKING_TEXTS.none, format)];
  if (card.container !== undefined) return cells;
  const keeping = (id: string, own: PartConfig | null): PartConfig =>
    own?.id === id ? own : { id, options: {} };
  for (const codec of plugins.codecs)
    if (codec.canEncode && !codec.encrypts)
      cells.push({
        ...cell(codec.id, codec.title, format),
        output: { format, archive: null, compression: keeping(codec.id, compression) },
      });
  for (const each of plugins.archives)
    cells.push({
      ...cell(each.id, each.title, format),
      output: { format, archive: keeping(each.id, archive), compression: null },
    });
  return cells;
}

function cell(id: string, title: string, format: PartConfig): CellPlan {
  return { id, title, output: { format, archive: null, compression: null } };
}

/** One for each codec that the format packs with itself. */
function ownCells(card: FormatCard, format: PartConfig): CellPlan[] {
  const { packsBy } = card;
  const field = card.options.fields.find(({ id }) => id === packsBy);
  if (packsBy === undefined || field?.choices === undefined) return [];
  const chosen = chosenCodec(card, format);
  // A level is of one codec.
  const ofCodec = card.options.fields.filter(({ showIf }) => showIf?.option === packsBy);
  return field.choices.flatMap(({ value, label }) => {
    if (value === chosen) return [cell(value, label, format)];
    const options = { ...format.options, [packsBy]: value };
    for (const { id } of ofCodec) delete options[id];
    return isItself(card, options, packsBy) ? [cell(value, label, { id: format.id, options })] : [];
  });
}

/** Whether the format does what its option says, and has nothing else in its place. */
function isItself(card: FormatCard, given: Record<string, unknown>, packsBy: string): boolean {
  const options: unknown = card.options.parse(given).value;
  if (options === undefined) return false;
  const findings = card.check?.({ options, schema: { fields: [] }, charset: 'utf-8' }) ?? [];
  return !findings.some(({ option }) => option === packsBy);
}

function chosenCodec({ packsBy, options }: FormatCard, format: PartConfig): unknown {
  if (packsBy === undefined) return undefined;
  return format.options[packsBy] ?? options.fields.find(({ id }) => id === packsBy)?.default;
}

function titleOf(id: string, card: FormatCard, { codecs, archives }: Plugins): string {
  const own = card.options.fields.find((field) => field.id === card.packsBy);
  return (
    [...codecs, ...archives].find((each) => each.id === id)?.title ??
    own?.choices?.find(({ value }) => value === id)?.label ??
    PACKING_TEXTS.none
  );
}
