// A source of a plan: host rows, one file, or several as one.
import type { Bindings, ByteBinding } from '../contract/bindings.ts';
import type { ExportConfig, SourceConfig } from '../contract/config.ts';
import { ExportError } from '../contract/errors.ts';
import { listFiles, ZIP } from './list-files.ts';
import { planFiles } from './many-files.ts';
import { withMediaType } from './media-type.ts';
import { openOrigin } from './open-origin.ts';
import { openOriginBytes } from './origin-bytes.ts';
import { freshOrigin, rememberOrigin } from './origin-memory.ts';
import { askPages, planPages, sharePages } from './origin-pages.ts';
import type { OpenBytes } from './open-source.ts';
import {
  isOwnForm,
  namedCard,
  originName,
  planFile,
  planRows,
  type PlannedSource,
  type SourceContext,
  type SourceHints,
} from './plan-source.ts';
import type { Plugins } from './plugins.ts';
import { AUTO_KIND } from './recognise.ts';
import { memoryScratch } from './scratch.ts';
import { withWatermark } from './watermark.ts';

/** Opens a source and settles kind, options and schema; with a watermark, only rows beyond it. */
export async function planSource(
  source: SourceConfig,
  config: ExportConfig,
  bindings: Bindings,
  plugins: Plugins,
  openBytes: OpenBytes,
  hints: SourceHints = {},
): Promise<PlannedSource> {
  const planned = await planWhole(source, config, bindings, plugins, openBytes, hints);
  if (source.watermark === undefined) return planned;
  return withWatermark(planned, source.watermark.column, bindings.watermarks?.[source.id]);
}

async function planWhole(
  source: SourceConfig,
  config: ExportConfig,
  bindings: Bindings,
  plugins: Plugins,
  openBytes: OpenBytes,
  hints: SourceHints,
): Promise<PlannedSource> {
  const scratch = hints.scratch ?? memoryScratch(config.limits.memoryBytes);
  const context: SourceContext = { config, plugins, hints, scratch };
  const rows = 'binding' in source.from ? bindings.rows?.[source.from.binding] : undefined;
  const ofRows = plugins.sources.find((card) =>
    source.kind === AUTO_KIND
      ? rows !== undefined && card.input === 'batches'
      : card.id === source.kind && card.input === 'batches',
  );
  if (ofRows !== undefined) return planRows(source, ofRows, rows, context);
  if ('origin' in source.from) return planOrigin(source, source.from, bindings, context);
  const binding = bytesBinding(source, bindings);
  if (binding === undefined)
    throw new ExportError('config.binding-missing', { binding: originName(source) });
  return planBinding(source, binding, openBytes, context);
}

/** What an origin gives: its pages, or its one answer like a file. */
async function planOrigin(
  source: SourceConfig,
  from: Extract<SourceConfig['from'], { origin: string }>,
  bindings: Bindings,
  context: SourceContext,
): Promise<PlannedSource> {
  const { plugins } = context;
  const known = namedCard(source, context);
  const { signal, isRun } = context.hints;
  const open = (ends: AbortSignal | undefined) =>
    openOrigin(source, from, bindings, {
      ...context,
      hints: { ...context.hints, ...(ends && { signal: ends }) },
    });
  const key = JSON.stringify([from, source.kind, bindings.secrets, context.config.limits]);
  const origin = isRun === true ? freshOrigin(await open(signal)) : await rememberOrigin(key, open);
  const { pieces } = origin;
  if (pieces.isPaged) {
    const ask =
      isRun === true
        ? () => askPages(pieces)
        : await origin.once('pages', async () => sharePages(pieces));
    try {
      return await planPages(source, pieces, ask, context);
    } catch (thrown) {
      origin.forget();
      throw thrown;
    }
  }
  const extension = /\.([a-z0-9]+)$/i.exec(pieces.name)?.[1]?.toLowerCase() ?? '';
  const mayBe = known === undefined ? plugins.sources : [known];
  const wantsSlices =
    extension === ZIP ||
    mayBe.some(
      (card) =>
        card.reads === 'slices' &&
        card.needsNow !== true &&
        (card === known || card.extensions.includes(extension)),
    );
  const bytes = await origin.once('bytes', () =>
    openOriginBytes(pieces, wantsSlices, () => origin.forget()),
  );
  const told = withMediaType(source, bytes.name, bytes.mediaType, plugins);
  const opened = { ...bytes, name: told.name };
  const planned = await planBinding(told.source, { path: told.name }, async () => opened, context);
  return { ...planned, warnings: [...(planned.warnings ?? []), ...pieces.warnings] };
}

async function planBinding(
  source: SourceConfig,
  binding: ByteBinding,
  openBytes: OpenBytes,
  context: SourceContext,
): Promise<PlannedSource> {
  const { config, plugins, hints, scratch } = context;
  const known = namedCard(source, context);
  const listed = await listFiles(source, binding, {
    openBytes,
    cards: known === undefined ? plugins.sources : [known],
    codecs: plugins.codecs,
    isOwn: (head) => isOwnForm(head, known, plugins),
    limits: config.limits,
    scratch,
    signal: hints.signal,
  });
  // A file of a zip may be packed once more.
  const inside = source.compression === ZIP ? { ...source, compression: 'auto' } : source;
  if (listed.isMany) return planFiles(inside, listed, context);
  const [file] = listed.files;
  const planned = await planFile(inside, await file!.open(), context);
  if (!listed.isZip) return planned;
  return { ...planned, opened: { ...planned.opened, compression: ZIP } };
}

function bytesBinding({ from }: SourceConfig, bindings: Bindings): ByteBinding | undefined {
  if ('path' in from) return { path: from.path };
  return 'binding' in from ? bindings.bytes?.[from.binding] : undefined;
}
