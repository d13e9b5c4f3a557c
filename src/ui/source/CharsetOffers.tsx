// Other charsets that read the text too, each with a piece of it, and the one that repairs a text decoded wrongly once.
import type { Catalogue, Inspection } from '../../contract/verbs.ts';
import { Button } from '../kit/Button.tsx';
import { sourceWords as words } from './messages.en.ts';
import styles from './source.module.css';

/** Offers shown at most. */
const MOST = 3;

export function CharsetOffers({
  inspection,
  charsets,
  onTake,
}: {
  inspection: Inspection | undefined;
  charsets: Catalogue['charsets'];
  onTake: (id: string) => void;
}) {
  const { mojibake, charsetAlternatives = [] } = inspection ?? {};
  const titleOf = (id: string) => charsets.find((each) => each.id === id)?.title ?? id;
  const others = charsetAlternatives.filter(({ id }) => id !== mojibake?.charset).slice(0, MOST);
  if (mojibake === undefined && others.length === 0) return null;
  return (
    <div className={styles.offers}>
      {mojibake ? (
        <div className={styles.offer}>
          <p className={styles.noticed}>{mojibake.sentence}</p>
          <p>
            <bdi>{mojibake.example.before}</bdi> → <bdi>{mojibake.example.after}</bdi>
          </p>
          <Button look="link" onClick={() => onTake(mojibake.charset)}>
            {words.readAs(titleOf(mojibake.charset))}
          </Button>
        </div>
      ) : null}
      {others.length > 0 ? <p className={styles.offersTitle}>{words.alternatives}</p> : null}
      {others.map(({ id, example }) => (
        <div key={id} className={styles.offer}>
          <p>
            <bdi>{example}</bdi>
          </p>
          <Button look="link" onClick={() => onTake(id)}>
            {words.readAs(titleOf(id))}
          </Button>
        </div>
      ))}
    </div>
  );
}
