// The first screen: drop or choose a file; what will follow stands beside it.
import { Button } from '../kit/Button.tsx';
import { messages } from '../messages.en.ts';
import kit from '../kit/controls.module.css';
import styles from './source.module.css';
import { NothingLeaves } from './NothingLeaves.tsx';

export function FirstScreen({
  isOver,
  problem,
  onOpenFile,
}: {
  isOver: boolean;
  problem: string | null;
  onOpenFile: () => void;
}) {
  const words = messages.first;
  return (
    <>
      <aside className={styles.rail} aria-label={messages.source.title}>
        <h2>{messages.source.title}</h2>
        <p className={styles.empty}>{words.noneYet}</p>
        <NothingLeaves />
      </aside>
      <main className={styles.first}>
        <div className={`${styles.drop} ${isOver ? styles.isOver : ''}`}>
          <h1>{words.title}</h1>
          <p>{words.says}</p>
          <Button look="primary" isBig onClick={onOpenFile} aria-keyshortcuts="Control+O">
            {words.open} <kbd className={kit.key}>{words.openKey}</kbd>
          </Button>
          {problem === null ? null : (
            <p className={styles.problem} role="alert">
              {problem}
            </p>
          )}
        </div>
      </main>
      <section className={styles.firstView} aria-label={words.then}>
        <ol>
          {words.steps.map(([name, says], i) => (
            <li key={name}>
              <span>{i + 1}</span>
              <b>{name}</b>
              <span>{says}</span>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}
