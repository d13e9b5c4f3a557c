// What the export will take: size, time and losses, exact or as judged so far; stands in the run bar.
import { foreseenOf, type ForecastSubject } from '../../contract/forecast.ts';
import type { Foreseen } from '../../contract/foreseen.ts';
import { formatDuration } from '../format-number.ts';
import { estimateWords } from './format-words.en.ts';
import { outputOf } from '../plan-parts.ts';
import { lossCount, lossList } from '../preview/loss-list.ts';
import { useCatalogue, useCheck, useRehearsal } from '../queries.ts';
import { useDraft } from '../session.tsx';
import { useForecastOf } from './measure.ts';
import { sizeText } from './rounded.ts';
import styles from './forecast.module.css';

export interface Figures {
  bytes: number | null;
  /** Reading and encoding, without writing; null while unknown. */
  ms: number | null;
  losses: number | null;
  isExact: boolean;
  /** Rows that were encoded to know; null while nothing was. */
  sampledRows: number | null;
  /** What is foreseen of an export that begins now. */
  foreseen: Foreseen | null;
}

/** The plan in its own format and packing. */
const OWN: ForecastSubject = {};

/** The forecast of the plan as it stands. */
export function useForecast(): Figures {
  const config = useDraft((state) => state.draft!.config);
  const rehearsal = useRehearsal();
  const { report, isCurrent, isTooLarge, canStart } = rehearsal;
  const issues = useCheck().data?.issues;
  const formatId = outputOf(config).format.id;
  const format = useCatalogue().data?.formats.find(({ id }) => id === formatId);
  // What the tab of losses says: what was foreseen and what was counted.
  const losses = lossCount(lossList(issues ?? [], format ?? { losses: [] }, rehearsal));
  const isKnown = isCurrent && report?.outcome === 'completed';
  const { forecast } = useForecastOf(OWN, isTooLarge && canStart && !isKnown);
  const cell = forecast?.formats[0]?.cells[0];
  if (isKnown)
    return {
      bytes: report.deliveredBytes,
      ms: report.durationMs,
      losses,
      isExact: true,
      sampledRows: null,
      foreseen: {
        bytes: report.deliveredBytes,
        lowBytes: report.deliveredBytes,
        highBytes: report.deliveredBytes,
        ms: report.durationMs,
        isExact: true,
        sampledRows: report.audit.rowsOut,
      },
    };
  return {
    bytes: cell?.bytes ?? null,
    ms: cell?.ms ?? null,
    // None foreseen is not yet none: most losses are known only once the values were seen.
    losses: losses || null,
    isExact: false,
    sampledRows: forecast?.sampledRows ?? null,
    foreseen: forecast && foreseenOf(forecast, cell),
  };
}

/** The figures beside Export: three pairs of number and what it is; not on narrow screens. */
export function Forecast() {
  const words = estimateWords;
  const { bytes, ms, losses, isExact } = useForecast();
  return (
    <dl className={styles.forecast} aria-label={words.title}>
      {bytes === null ? null : (
        <div>
          <dt>{isExact ? words.sizeExact : words.sizeSampled}</dt>
          <dd>{sizeText(bytes, isExact)}</dd>
        </div>
      )}
      {ms === null ? null : (
        <div>
          <dt>{words.timeSays}</dt>
          <dd>{words.time(formatDuration(ms))}</dd>
        </div>
      )}
      {losses === null ? null : (
        <div>
          <dt>{isExact ? words.noneSilent : words.lossesKnown}</dt>
          <dd>{words.losses(losses)}</dd>
        </div>
      )}
    </dl>
  );
}
