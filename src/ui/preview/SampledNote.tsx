// Says what of the preview comes from the first rows alone, and what the export does instead.
import type { Inspection, Preview } from '../../contract/verbs.ts';
import { formatCount } from '../format-number.ts';
import type { Rehearsal } from '../queries.ts';
import { useDraft } from '../session.tsx';
import { sampledKinds } from './sampled-kinds.ts';
import { words } from './sampled-words.en.ts';
import styles from './preview.module.css';

export default function SampledNote({
  preview,
  inspection,
  rehearsal: { report, isCurrent },
}: {
  preview: Preview;
  inspection: Inspection | undefined;
  rehearsal: Rehearsal;
}) {
  const steps = useDraft((state) => state.draft!.config.datasets[0]!.steps);
  const isAll = inspection?.isWhole === true && preview.rowsRead >= inspection.sampledRows;
  const kinds = preview.isSampled && !isAll ? sampledKinds(steps) : [];
  const exact = isCurrent && report?.outcome === 'completed' ? report.columns.length : null;
  if (kinds.length === 0 && !preview.areColumnsSampled) return null;
  const says = [
    preview.areColumnsSampled ? words.columns(preview.columns.length, exact) : '',
    kinds.length > 0
      ? words.rows(
          kinds.map((kind) => words.kinds[kind]),
          formatCount(preview.rowsRead),
        )
      : '',
  ];
  return (
    <p className={styles.note} role="note">
      {says.filter(Boolean).join(' ')}
    </p>
  );
}
