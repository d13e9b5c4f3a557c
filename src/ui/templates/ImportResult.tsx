// What became of the files of templates that were imported: how many came in, under which other names, and what was left out.
import type { TemplateImport } from '../../contract/store.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import styles from '../kit/list-detail.module.css';
import { templateWords as words } from './messages.en.ts';

export function ImportResult({ result, onClose }: { result: TemplateImport; onClose: () => void }) {
  return (
    <div className={styles.note} role="status">
      <div className={styles.actions}>
        <p>{words.imported(result.imported.length)}</p>
        <span className={styles.push}>
          <Button look="icon" aria-label={words.close} onClick={onClose}>
            <Icon name="close" />
          </Button>
        </span>
      </div>
      <ul>
        {result.renamed.map(({ from, to }) => (
          <li key={to} className={styles.help}>
            {words.renamed(from, to)}
          </li>
        ))}
        {result.refused.map(({ name, line, error }, i) => (
          <li key={i}>
            <p className={styles.bad}>{words.refused(name, line, error.sentence)}</p>
            <p className={styles.help}>{error.hint}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
