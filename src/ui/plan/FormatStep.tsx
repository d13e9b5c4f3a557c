// Step 1: which format.
import type { Catalogue } from '../../contract/verbs.ts';
import { outputOf } from '../draft.ts';
import { messages } from '../messages.en.ts';
import styles from './plan.module.css';
import { useDraft } from '../session.tsx';

export function FormatStep({ catalogue }: { catalogue: Catalogue }) {
  const chosen = useDraft((state) => outputOf(state.draft!.config).format.id);
  const setFormat = useDraft((state) => state.setFormat);
  return (
    <div role="radiogroup" aria-label={messages.steps.format} className={styles.formats}>
      {catalogue.formats.map((format) => (
        <label key={format.id} className={styles.format}>
          <input
            type="radio"
            name="format"
            checked={format.id === chosen}
            onChange={() => setFormat(format.id)}
          />
          <span>
            <b>{format.title}</b>
            <code>.{format.extension.replace(/^\./, '')}</code>
            <small>{format.purpose}</small>
          </span>
        </label>
      ))}
    </div>
  );
}
