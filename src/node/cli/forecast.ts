// The command forecast, and what run says of one: what an export would come to in every format and packing.
import type { Bindings } from '../../contract/bindings.ts';
import type { ExportConfig, PartConfig } from '../../contract/config.ts';
import { isAbort } from '../../contract/errors.ts';
import { foreseenOf, type Forecast, type ForecastCell } from '../../contract/forecast.ts';
import type { ForecastError, Foreseen } from '../../contract/foreseen.ts';
import type { Catalogue } from '../../contract/verbs.ts';
import { table } from './inspect.ts';
import { configOf, printJson, type Session } from './session.ts';
import {
  cancelOnSignals,
  countOf,
  EXIT,
  formatBytes,
  formatClock,
  formatCount,
  printable,
  say,
} from './terminal.ts';

export async function forecastCommand(
  session: Session,
  configName: string | undefined,
  values: Record<string, unknown>,
): Promise<number> {
  // Nothing is delivered, so that no destination has to be given.
  const { config, bindings } = await configOf(session, configName, {
    ...values,
    destination: values['destination'] ?? (configName === undefined ? '-' : undefined),
  });
  const stop = cancelOnSignals(() => {});
  let forecast: Forecast;
  try {
    const formats = formatsOf(config, session.catalogue, values['only'] === true);
    forecast = await session.engine.forecast(
      config,
      bindings,
      { formats, packings: true },
      { signal: stop.signal },
    );
  } catch (thrown) {
    if (stop.signal.aborted || isAbort(thrown)) return EXIT.cancelled;
    throw thrown;
  } finally {
    stop.release();
  }
  if (values['json'] === true) printJson(forecast);
  else process.stdout.write(printable(textOf(forecast)));
  const isNone = forecast.formats.every(({ error }) => error !== null);
  return isNone ? EXIT.wrongConfig : EXIT.done;
}

/** The plan's own format with its options first, then the others with theirs as they are by themselves. */
function formatsOf(config: ExportConfig, catalogue: Catalogue, isOnly: boolean): PartConfig[] {
  const own = config.outputs[0]!.format;
  const others = catalogue.formats.filter(({ id }) => id !== own.id);
  return isOnly ? [own] : [own, ...others.map(({ id }) => ({ id, options: {} }))];
}

function textOf(forecast: Forecast): string {
  const { rows, isWhole, sampledRows, sample, reason, elapsedMs, formats } = forecast;
  const of = isWhole ? '' : ` from ${formatCount(sampledRows)}`;
  const head = [
    `${rows === null ? 'Rows unknown' : `${isWhole ? '' : 'about '}${countOf(rows, 'row')}`}${of}, in ${formatClock(elapsedMs)}`,
    ...(isWhole ? [] : [`  ${sample.sentence}`]),
    ...(reason === null ? [] : [`  ${reason}`]),
  ];
  const cells = formats.flatMap((format) =>
    format.cells.map((cell, i) => [
      i === 0 ? format.id : '',
      cell.title,
      cell.error === null ? sizeOf(cell) : '',
      cell.ms === null ? '' : formatClock(cell.ms),
      cell.error?.sentence ?? (i === 0 && format.losses.length > 0 ? lossesOf(format) : ''),
    ]),
  );
  const refused = formats.flatMap(({ id, error }) =>
    error === null ? [] : [`${id}: ${error.sentence}`],
  );
  const body = table([['format', 'packing', 'size', 'time', 'losses'], ...cells]);
  return `${head.join('\n')}\n\n${body}${refused.map((line) => `${line}\n`).join('')}`;
}

function lossesOf({ losses }: Forecast['formats'][number]): string {
  const count = losses.reduce((sum, loss) => sum + loss.count, 0);
  return `${countOf(count, 'value')}: ${[...new Set(losses.map(({ code }) => code))].join(', ')}`;
}

function sizeOf({ bytes, highBytes, isExact }: ForecastCell): string {
  if (bytes === null) return 'unknown';
  if (isExact || highBytes === null) return formatBytes(bytes);
  return `~${formatBytes(bytes)} ±${percent(highBytes / Math.max(1, bytes) - 1)}`;
}

function percent(share: number): string {
  const value = Math.abs(share) * 100;
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)}%`;
}

/** What is foreseen of an export that is about to run; null where nothing can be, which is no reason not to run. */
export async function foresee(
  { engine }: Session,
  config: ExportConfig,
  bindings: Bindings,
  isQuiet: boolean,
): Promise<Foreseen | null> {
  try {
    const forecast = await engine.forecast(config, bindings);
    const [format] = forecast.formats;
    const foreseen = foreseenOf(forecast, format?.cells[0]);
    const reason = forecast.reason ?? format?.error?.sentence;
    if (foreseen === null && !isQuiet) say(`No forecast: ${reason ?? 'no rows were found.'}`);
    return foreseen;
  } catch (thrown) {
    // What is wrong the run itself will say.
    if (!isQuiet) say(`No forecast: ${(thrown as Error).message}`);
    return null;
  }
}

/** Forecast against fact. */
export function forecastLines({
  foreseen,
  bytes,
  bytesError,
  ms,
  msError,
}: ForecastError): string[] {
  const signed = (share: number): string =>
    share === 0 ? '0%' : `${share < 0 ? '−' : '+'}${percent(share)}`;
  const size = `size forecast ${formatBytes(foreseen.bytes)}, was ${formatBytes(bytes)} (${signed(bytesError)})`;
  if (foreseen.ms === null || msError === null) return [size];
  return [`${size}; time ${formatClock(foreseen.ms)}, was ${formatClock(ms)} (${signed(msError)})`];
}
