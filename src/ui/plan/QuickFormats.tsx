// The formats at one press while the step is closed: the chosen, the recommended, that of the source and the usual ones; the others one press away.
import type { Catalogue } from '../../contract/verbs.ts';
import { outputOf } from '../plan-parts.ts';
import { Button } from '../kit/Button.tsx';
import { Segments } from '../kit/Segments.tsx';
import { formatWords } from './format-words.en.ts';
import { useInspection } from '../queries.ts';
import { useDraft, useDraftActions, usePage } from '../session.tsx';
import { recommend } from './recommend.ts';
import styles from './format.module.css';

const MOST = 5;
const USUAL = ['excel', 'parquet', 'csv', 'json'];

export function QuickFormats({ catalogue }: { catalogue: Catalogue }) {
  const chosen = useDraft((state) => outputOf(state.draft!.config).format.id);
  const { setFormat } = useDraftActions();
  const openStep = usePage((state) => state.openStep);
  const inspection = useInspection().data;
  const best = inspection ? recommend('anyone', catalogue, inspection, null)?.formatId : undefined;
  const all = catalogue.formats.map(({ id }) => id);
  const [excel, parquet, ...others] = USUAL;
  const wanted = [chosen, excel, parquet, best, inspection?.kind, ...others, ...all];
  const shown = [...new Set(wanted)].filter((id) => all.includes(id ?? '')).slice(0, MOST);
  const listed = all.filter((id) => shown.includes(id));
  return (
    <div className={styles.quick}>
      <Segments
        isSmall
        aria-label={formatWords.quick}
        segments={listed.map((id) => ({
          value: id,
          label: catalogue.formats.find((format) => format.id === id)!.title,
        }))}
        value={chosen}
        onChange={(id) => setFormat(id)}
      />
      {all.length > shown.length ? (
        <Button look="link" onClick={() => openStep('format')}>
          {formatWords.all(all.length)}
        </Button>
      ) : null}
    </div>
  );
}
