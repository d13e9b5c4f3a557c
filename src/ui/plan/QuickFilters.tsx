// The most frequent values of columns that few values make up, each to be kept with one click.
import type { Inspection } from '../../contract/verbs.ts';
import { Cell } from '../preview/Cell.tsx';
import { hueOf } from '../preview/TypeName.tsx';
import { useDraft } from '../session.tsx';
import { keptValues, quickColumns, withQuickValue } from './quick-filter.ts';
import { recipeWords } from './recipe/messages.en.ts';
import { refText } from './recipe/option-values.ts';
import { countText } from './rounded.ts';
import styles from './recipe/recipe.module.css';

/** Columns shown at most. */
const MOST_COLUMNS = 8;
const words = recipeWords.quick;

export default function QuickFilters({ inspection }: { inspection: Inspection }) {
  const text = useDraft((state) => state.draft!.filterText);
  const setFilter = useDraft((state) => state.setFilter);
  const columns = quickColumns(inspection.columns).slice(0, MOST_COLUMNS);
  const total = inspection.isWhole ? inspection.sampledRows : (inspection.estimatedRows ?? 0);
  const scale = inspection.sampledRows === 0 ? 0 : total / inspection.sampledRows;
  const countOf = (count: number) => countText(Math.round(count * scale), inspection.isWhole);
  if (columns.length === 0) return <p className={styles.loading}>{words.none}</p>;
  return (
    <div className={styles.quick}>
      {columns.map(({ ref, column, values, others }) => {
        const name = refText(ref);
        const kept = keptValues(text, ref);
        return (
          <div key={`${column.nth} ${column.name}`} role="group" aria-label={words.of(name)}>
            <h4 title={name}>
              <i className={`${styles.dot} ${hueOf(column.type)}`} />
              {name}
            </h4>
            <span className={styles.values}>
              {values.map((each) => (
                <button
                  key={each.text}
                  type="button"
                  aria-pressed={kept.includes(each.value)}
                  title={each.text}
                  onClick={() => {
                    const next = withQuickValue(text, ref, each.value);
                    if (next === null) return;
                    const names = inspection.columns.map((known) => known.name);
                    setFilter(next, names, `quick ${name} ${each.text}`);
                  }}
                >
                  <bdi>
                    <Cell value={each.text} />
                  </bdi>
                  <small>{countOf(each.count)}</small>
                </button>
              ))}
              {others > 0 ? <small>{words.others(countOf(others))}</small> : null}
            </span>
          </div>
        );
      })}
      <p className={styles.loading}>{words.help}</p>
    </div>
  );
}
