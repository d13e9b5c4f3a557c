// How far a completed run has read sources with a watermark, as templates keep it.
import type { ExportConfig } from '../../contract/config.ts';
import type { Report } from '../../contract/report.ts';
import type { StoredWatermark } from '../../contract/store.ts';

/** `startedAt`: of the run, in ms since 1970. Empty where no source has one. */
export function watermarksOf(
  config: ExportConfig,
  report: Report,
  startedAt: number,
): StoredWatermark[] {
  if (report.outcome !== 'completed') return [];
  const at = new Date(startedAt).toISOString();
  return report.sources.flatMap(({ id, watermark }): StoredWatermark[] => {
    const column = config.sources.find((each) => each.id === id)?.watermark?.column;
    return column && typeof watermark === 'string'
      ? [{ sourceId: id, column, value: watermark, at }]
      : [];
  });
}
