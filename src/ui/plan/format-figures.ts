// The price of each format on this data: size, time, losses, and whether it can be made at all.
import { useQueries } from '@tanstack/react-query';
import type { Catalogue } from '../../contract/verbs.ts';
import { bindingsOf } from '../draft-bindings.ts';
import { withFormat } from '../with-format.ts';
import { outputOf } from '../plan-parts.ts';
import { lossCount, lossList } from '../preview/loss-list.ts';
import { boundKey, measuredConfig, useRehearsal } from '../queries.ts';
import { useDraft, useEngine } from '../session.tsx';
import { useForecastOf, useRehearsals } from './measure.ts';
import { stepOfIssue } from './step-issues.ts';

export interface FormatFigures {
  /** null while unknown. */
  bytes: number | null;
  ms: number | null;
  /** Kinds of loss; null while unknown. */
  losses: number | null;
  isExact: boolean;
  /** Why the format cannot be made here; null when it can. */
  reason: string | null;
}

/** Figures of each format of the catalogue, in its order. */
export function useFormatFigures(catalogue: Catalogue): FormatFigures[] {
  const engine = useEngine();
  const draft = useDraft((state) => state.draft!);
  const rehearsal = useRehearsal();
  const chosen = outputOf(draft.config).format.id;
  const configs = catalogue.formats.map(({ id }) =>
    id === chosen ? draft.config : withFormat(draft, id).config,
  );
  const checks = useQueries({
    queries: configs.map((config) => ({
      queryKey: ['check other', draft.input.key, measuredConfig(config), boundKey(draft)],
      queryFn: () => engine.check(config, bindingsOf(draft)),
    })),
  });
  const canRehearse = !rehearsal.isTooLarge && rehearsal.isCurrent;
  const others = catalogue.formats.flatMap(({ id }, i) => (id === chosen ? [] : [i]));
  const rehearsals = useRehearsals(
    others.map((i) => configs[i]!),
    canRehearse,
  );
  const { forecast } = useForecastOf(
    { formats: configs.map((config) => outputOf(config).format) },
    rehearsal.isTooLarge && rehearsal.canStart,
  );
  return catalogue.formats.map(({ id }, i) => {
    const errors = checks[i]!.data?.issues.filter((issue) => issue.severity === 'error') ?? [];
    const own = errors.find((issue) => ['format', 'options'].includes(stepOfIssue(issue)));
    const report =
      id === chosen
        ? rehearsal.isCurrent
          ? rehearsal.report
          : null
        : (rehearsals[others.indexOf(i)]?.data ?? null);
    const losses = lossCount(
      lossList(checks[i]!.data?.issues ?? [], catalogue.formats[i]!, {
        report,
        isCurrent: report !== null,
      }),
    );
    if (report?.outcome === 'completed')
      return {
        bytes: report.deliveredBytes,
        ms: report.durationMs,
        losses,
        isExact: true,
        reason: null,
      };
    const failed = report?.outcome === 'failed' ? (report.error?.sentence ?? null) : null;
    const foreseen = forecast?.formats[i];
    const cell = foreseen?.cells[0];
    return {
      bytes: cell?.bytes ?? null,
      ms: cell?.ms ?? null,
      // None foreseen is not yet none: most losses are known only once the values were seen.
      losses: Math.max(losses, foreseen?.losses.length ?? 0) || null,
      isExact: false,
      reason: own?.sentence ?? failed ?? foreseen?.error?.sentence ?? null,
    };
  });
}
