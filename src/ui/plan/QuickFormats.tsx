// The formats at one press while the step is closed: the chosen one, the recommended one and the first others.
import type { Catalogue } from '../../contract/verbs.ts';
import { outputOf } from '../draft.ts';
import { Segments } from '../kit/Segments.tsx';
import { studioMessages } from '../studio-messages.en.ts';
import { useInspection } from '../queries.ts';
import { useDraft, useDraftActions } from '../session.tsx';
import { recommend } from './recommend.ts';
import styles from './format.module.css';

const MOST = 5;

export function QuickFormats({ catalogue }: { catalogue: Catalogue }) {
  const chosen = useDraft((state) => outputOf(state.draft!.config).format.id);
  const { setFormat } = useDraftActions();
  const inspection = useInspection().data;
  const best = inspection ? recommend('anyone', catalogue, inspection, null)?.formatId : undefined;
  const all = catalogue.formats.map(({ id }) => id);
  const wanted = new Set([chosen, ...(best === undefined ? [] : [best]), ...all]);
  const shown = new Set([...wanted].slice(0, MOST));
  const listed = all.filter((id) => shown.has(id));
  return (
    <div className={styles.quick}>
      <Segments
        isSmall
        aria-label={studioMessages.format.quick}
        segments={listed.map((id) => ({
          value: id,
          label: catalogue.formats.find((format) => format.id === id)!.title,
        }))}
        value={chosen}
        onChange={(id) => setFormat(id)}
      />
    </div>
  );
}
