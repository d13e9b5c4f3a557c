// The first screen: drop, choose or paste a file, take a sample, or make rows up; what will follow stands beside it.
import { lazy, Suspense, type ReactNode } from 'react';
import type { EngineClient } from '../../worker/client.ts';
import type { Input } from '../input.ts';
import { formatCount, formatSize } from '../format-number.ts';
import { keyOf, keyShortcut } from '../keys.ts';
import { Button } from '../kit/Button.tsx';
import { Hidden } from '../kit/fields.tsx';
import { messages } from '../messages.en.ts';
import kit from '../kit/controls.module.css';
import { Generator } from './Generator.tsx';
import { NothingLeaves } from './NothingLeaves.tsx';
import type { Sample } from './samples.ts';
import { pastedFile } from './use-paste.ts';
import styles from './source.module.css';

const AddressForm = lazy(async () => ({
  default: (await import('./AddressForm.tsx')).AddressForm,
}));

export function FirstScreen({
  client,
  isOver,
  problem,
  pending,
  rail,
  samples,
  onOpenFile,
  onOpenFolder,
  onOpen,
  onSample,
  onPaste,
  onProblem,
}: {
  client: EngineClient;
  isOver: boolean;
  problem: string | null;
  /** What is applied to the first thing opened. */
  pending: ReactNode;
  /** Templates and recent exports, once they are known. */
  rail: ReactNode;
  samples: readonly Sample[];
  onOpenFile: () => void;
  onOpenFolder: () => void;
  onOpen: (inputs: readonly Input[]) => void;
  onSample: (sample: Sample) => void;
  onPaste: (files: readonly File[]) => void;
  onProblem: (problem: string) => void;
}) {
  const words = messages.first;
  const paste = async () => {
    try {
      const file = pastedFile(await navigator.clipboard.readText());
      if (file === null) onProblem(words.nothingToPaste);
      else onPaste([file]);
    } catch {
      onProblem(words.cannotPaste);
    }
  };
  return (
    <>
      <aside className={styles.rail} data-region="sources" aria-label={messages.source.title}>
        <h2>{messages.source.sources}</h2>
        <p className={styles.empty}>{words.noneYet}</p>
        {rail}
        <NothingLeaves />
      </aside>
      <main className={styles.first} data-region="plan">
        {pending}
        <div className={`${styles.drop} ${isOver ? styles.isOver : ''}`}>
          <h1>{words.title}</h1>
          <p>{words.says}</p>
          <div className={styles.ways}>
            <Button look="primary" onClick={onOpenFile} aria-keyshortcuts={keyShortcut('open')}>
              {words.open} <kbd className={kit.key}>{keyOf('open')}</kbd>
            </Button>
            <Button onClick={onOpenFolder}>{words.openFolder}</Button>
            <Button onClick={() => void paste()}>{words.paste}</Button>
          </div>
          {problem === null ? null : (
            <p className={styles.problem} role="alert">
              {problem}
            </p>
          )}
        </div>
        <Suspense fallback={<div className={styles.addressRoom} />}>
          <AddressForm client={client} onOpen={(input) => onOpen([input])} />
        </Suspense>
        {samples.length === 0 ? null : (
          <section className={styles.samples} aria-label={words.orSample}>
            <div className={styles.partHead}>
              <h2>{words.orSample}</h2>
              <span>{words.sampleSays}</span>
            </div>
            <table>
              <thead>
                <tr>
                  <th scope="col">{words.sample}</th>
                  <th scope="col">{words.rows}</th>
                  <th scope="col">{words.columns}</th>
                  <th scope="col">{words.size}</th>
                  <th scope="col">
                    <Hidden>{words.openIt}</Hidden>
                  </th>
                </tr>
              </thead>
              <tbody>
                {samples.map((sample) => (
                  <tr key={sample.name}>
                    <th scope="row">
                      <b>{sample.title}</b>
                      <small>{sample.says}</small>
                    </th>
                    <td>{formatCount(sample.rows)}</td>
                    <td>{formatCount(sample.columns)}</td>
                    <td>{formatSize(sample.sizeBytes)}</td>
                    <td>
                      <Button
                        look="link"
                        aria-label={words.openSample(sample.title)}
                        onClick={() => onSample(sample)}
                      >
                        {words.openIt}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
        <Generator onOpen={(input) => onOpen([input])} />
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
