// What an export would come to in each format and packing, from rows that were really encoded; and how far off that was.
import type { PartConfig } from './config.ts';
import type { ErrorData } from './errors.ts';
import type { ForecastError, Foreseen } from './foreseen.ts';
import type { SampleOrigin } from './profile.ts';
import type { Loss, Report } from './report.ts';

/** What is to be foreseen. */
export interface ForecastSubject {
  /** Formats with their options; missing: the plan's own alone. */
  formats?: readonly PartConfig[];
  /** With every packing that a format allows; else with that of the plan alone. */
  packings?: boolean;
  /** About how long packing one cell may take, ms; default 150. What takes longer is judged by a part of the sample. */
  cellMs?: number;
}

/** Sizes and time of one format in one packing. */
export interface ForecastCell {
  /** Of the packing: `none`, the id of a codec or archive, or what a format that packs itself calls it. */
  id: string;
  title: string;
  /** What of an output makes it so. */
  output: { format: PartConfig; archive: PartConfig | null; compression: PartConfig | null };
  /** All files as delivered; null where that cannot be told. */
  bytes: number | null;
  /** Between these the size is expected in 19 of 20 cases, if the sample is like the whole. Both `bytes` where it is exact. */
  lowBytes: number | null;
  highBytes: number | null;
  /** Reading, steps, encoding and packing, as fast as this machine did it just now; delivery apart. */
  ms: number | null;
  /** All rows were encoded and packed. */
  isExact: boolean;
  /** Why it cannot be made. */
  error: ErrorData | null;
}

export interface ForecastFormat {
  id: string;
  title: string;
  /** What the rows looked at lost on their way, counted there. */
  losses: Loss[];
  cells: ForecastCell[];
  /** Why the format cannot be made; its cells are empty then. */
  error: ErrorData | null;
}

export interface Forecast {
  /** Rows that are written, as far as the sample tells; null when unknown. */
  rows: number | null;
  /** All rows were looked at. */
  isWhole: boolean;
  sample: SampleOrigin;
  /** Rows that were encoded. */
  sampledRows: number;
  /** Why no sizes can be told; null where they can. */
  reason: string | null;
  /** In the order asked for. */
  formats: ForecastFormat[];
  elapsedMs: number;
}

/** A forecast as far as it is, whenever a format is done. */
export interface ForecastOptions {
  signal?: AbortSignal;
  onFormat?: (soFar: Forecast) => void;
}

/** The forecast of a plan's own cell, where it tells a size. */
export function foreseenOf(forecast: Forecast, cell: ForecastCell | undefined): Foreseen | null {
  if (!cell || cell.bytes === null) return null;
  const { bytes, lowBytes, highBytes, ms, isExact } = cell;
  return {
    bytes,
    lowBytes: lowBytes ?? bytes,
    highBytes: highBytes ?? bytes,
    ms,
    isExact,
    sampledRows: forecast.sampledRows,
  };
}

/** How far off it was; null for an export that did not come to its end. */
export function forecastError(foreseen: Foreseen, report: Report): ForecastError | null {
  if (report.outcome !== 'completed') return null;
  const { deliveredBytes: bytes, durationMs, values } = report;
  // Nobody foresees how long the finished files take to compare.
  const ms = durationMs - (values?.elapsedMs ?? 0);
  return {
    foreseen,
    bytes,
    bytesError: shareOver(bytes, foreseen.bytes),
    isWithin: bytes >= Math.floor(foreseen.lowBytes) && bytes <= Math.ceil(foreseen.highBytes),
    ms,
    msError: foreseen.ms === null ? null : shareOver(ms, foreseen.ms),
  };
}

/** 0 for two that are the same, be they 0. */
function shareOver(came: number, foreseen: number): number {
  return came === foreseen ? 0 : (came - foreseen) / Math.max(1, foreseen);
}
