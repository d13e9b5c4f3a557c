// The output of a plan, with everything it names.
import { loadCharsetEncoder } from '../charsets/encode.ts';
import type { ExportConfig, OutputConfig, PartConfig } from '../contract/config.ts';
import { ExportError } from '../contract/errors.ts';
import type { ArchiveCard } from '../contract/archive-plugin.ts';
import type { CodecCard } from '../contract/codec-plugin.ts';
import type { DeliveryCard } from '../contract/delivery-plugin.ts';
import type { FormatCard, FormatModule } from '../contract/format-plugin.ts';
import type { PlannedContainer } from './container.ts';
import type { SourceHints } from './plan-source.ts';
import { findCard, readOptions, type Plugins } from './plugins.ts';
import { rehearsalDelivery } from './rehearsal.ts';
import { PLAN_TEXTS } from './texts.ts';

export interface PlannedOutput {
  config: OutputConfig;
  format: FormatCard;
  formatModule: FormatModule<unknown>;
  formatOptions: unknown;
  /** What packs the format's parts into a file; null where a file is one text. */
  container: PlannedContainer | null;
  archive: { card: ArchiveCard; options: unknown } | null;
  codec: { card: CodecCard; options: unknown } | null;
  encryption: { card: CodecCard; options: unknown } | null;
  delivery: { card: DeliveryCard; options: unknown };
}

export interface PlanHints extends SourceHints {
  /** Nothing is delivered: the delivery may lack its options and be one of another door. */
  isRehearsal?: boolean;
  /** Told as soon as the output is known, while the source is still looked at. */
  onOutput?(output: PlannedOutput): void;
}

function planDelivery(
  { id, options }: PartConfig,
  plugins: Plugins,
  isRehearsal: boolean,
): PlannedOutput['delivery'] {
  if (isRehearsal) {
    const known = plugins.deliveries.find((card) => card.id === id);
    return { card: rehearsalDelivery(id, known), options: {} };
  }
  const card = findCard(plugins.deliveries, 'delivery', id);
  return { card, options: readOptions(card.options, options, 'outputs.0.delivery.options') };
}

function planEncryption({ id, options }: PartConfig, { codecs }: Plugins) {
  const encrypting = codecs.filter((card) => card.encrypts);
  const card = findCard(encrypting, 'encryption', id);
  const complete: unknown = readOptions(card.options, options, 'outputs.0.encryption.options');
  const conflict = card.conflict?.(complete) ?? null;
  if (conflict !== null) throw new ExportError('config.conflict', conflict);
  return { card, options: complete };
}

async function planContainer(
  { container }: FormatCard,
  formatOptions: unknown,
  plugins: Plugins,
): Promise<PlannedContainer | null> {
  if (container === undefined) return null;
  const card = findCard(plugins.archives, 'archive', container.archive);
  const { pack } = await card.load();
  const options: unknown = readOptions(card.options, container.options(formatOptions), 'container');
  return { pack, options };
}

/** Finds and completes everything an output names. */
export async function planOutput(
  output: OutputConfig,
  plugins: Plugins,
  isRehearsal = false,
): Promise<PlannedOutput> {
  const format = findCard(plugins.formats, 'format', output.format.id);
  const formatOptions: unknown = readOptions(
    format.options,
    output.format.options,
    'outputs.0.format.options',
  );
  const archive = output.archive && findCard(plugins.archives, 'archive', output.archive.id);
  const packing = plugins.codecs.filter((card) => card.canEncode && !card.encrypts);
  const codec = output.compression && findCard(packing, 'codec', output.compression.id);
  const delivery = planDelivery(output.delivery, plugins, isRehearsal);
  const formatModule = await format.load();
  // Opened for its errors alone: a charset or policy that cannot work is told before anything is read or written.
  if (format.isText)
    (await loadCharsetEncoder(output.charset.id))(output.charset, formatModule.escapeCodePoint);
  return {
    config: output,
    format,
    formatModule,
    formatOptions,
    container: await planContainer(format, formatOptions, plugins),
    archive: archive && {
      card: archive,
      options: readOptions(archive.options, output.archive!.options, 'outputs.0.archive.options'),
    },
    codec: codec && {
      card: codec,
      options: readOptions(
        codec.options,
        output.compression!.options,
        'outputs.0.compression.options',
      ),
    },
    encryption: output.encryption && planEncryption(output.encryption, plugins),
    delivery,
  };
}

/** The one output this version runs. */
export function onlyOutput(config: ExportConfig): OutputConfig {
  if (config.outputs.length !== 1)
    throw new ExportError('config.not-here', {
      what: PLAN_TEXTS.manyOutputs(config.outputs.length),
      reason: PLAN_TEXTS.manyOutputsReason,
      remedy: PLAN_TEXTS.manyOutputsRemedy,
    });
  return config.outputs[0]!;
}
