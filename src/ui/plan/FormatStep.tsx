// Step 1: which format, each with its price on this data, and one recommended for what the export is for.
import { lazy, Suspense, useId, useState } from 'react';
import type { Catalogue } from '../../contract/verbs.ts';
import { outputOf } from '../plan-parts.ts';
import { formatCount, formatDuration } from '../format-number.ts';
import { Button } from '../kit/Button.tsx';
import { Segments } from '../kit/Segments.tsx';
import { TextInput } from '../kit/fields.tsx';
import { studioMessages } from '../studio-messages.en.ts';
import { flowWords } from './data-words.en.ts';
import { formatWords } from './format-words.en.ts';
import { useInspection, useRehearsal } from '../queries.ts';
import { useDraft, useDraftActions } from '../session.tsx';
import { useFormatFigures, type FormatFigures } from './format-figures.ts';
import { recommend, type Purpose, type Recommendation } from './recommend.ts';
import { sizeText } from './rounded.ts';
import { useRowFlow } from './row-flow.ts';
import styles from './format.module.css';

const ForecastMatrix = lazy(() => import('./ForecastMatrix.tsx'));

/** From so many formats on they can be searched. */
const SEARCHED = 8;

type Format = Catalogue['formats'][number];
type Family = keyof typeof formatWords.families;
interface Priced {
  format: Format;
  figures: FormatFigures;
}

/** By name, extension, use and what its presets are for: `PostgreSQL` finds CSV and SQL. */
function isFound({ title, extension, purpose, presets }: Format, search: string): boolean {
  const text = [title, extension, purpose, ...presets.map((preset) => preset.title)].join(' ');
  return text.toLowerCase().includes(search.trim().toLowerCase());
}

/** Families in the order of their words, each with its formats in the catalogue's. */
function byFamily(found: readonly Priced[]): { family: Family; formats: Priced[] }[] {
  return (Object.keys(formatWords.families) as Family[])
    .map((family) => ({
      family,
      formats: found.filter(({ format }) => (format.family ?? 'others') === family),
    }))
    .filter(({ formats }) => formats.length > 0);
}

function isOffered({ reason }: FormatFigures): boolean {
  return reason === null;
}

/** What tells formats apart beyond plain text in cells; '' where there is nothing. */
function keepsOf({ holds, takesMany }: Format): string {
  const { holds: words, keeps } = formatWords;
  const kept = [
    ...(holds.types ? [words.types] : []),
    ...(holds.nested ? [words.nested] : []),
    ...(takesMany ? [words.tables] : []),
  ];
  return kept.length === 0 ? '' : keeps(kept);
}

export function FormatStep({ catalogue }: { catalogue: Catalogue }) {
  const words = formatWords;
  const forId = useId();
  const group = useId();
  const chosen = useDraft((state) => outputOf(state.draft!.config).format.id);
  const presetId = useDraft((state) => state.draft!.presetId);
  const { setFormat } = useDraftActions();
  const [purpose, setPurpose] = useState<Purpose>('anyone');
  const [search, setSearch] = useState('');
  const [isComparing, setComparing] = useState(false);
  const inspection = useInspection().data;
  const flow = useRowFlow();
  const rehearsal = useRehearsal();
  const figures = useFormatFigures(catalogue);
  const best = inspection ? recommend(purpose, catalogue, inspection, flow?.rowsOut ?? null) : null;
  const largest = Math.max(1, ...figures.map(({ bytes }) => bytes ?? 0));
  const found = catalogue.formats
    .map((format, i) => ({ format, figures: figures[i]! }))
    .filter(({ format }) => isFound(format, search));
  const families = byFamily(found);
  return (
    <>
      <div className={styles.for}>
        <span id={forId}>{words.for}</span>
        <Segments
          isSmall
          aria-labelledby={forId}
          segments={words.purposes.map(([value, label]) => ({ value, label }))}
          value={purpose}
          onChange={setPurpose}
        />
      </div>
      {best ? (
        <Recommended
          best={best}
          catalogue={catalogue}
          isTaken={best.formatId === chosen && (best.preset?.id ?? null) === presetId}
        />
      ) : null}
      {catalogue.formats.length > SEARCHED ? (
        <TextInput
          type="search"
          className={styles.search}
          aria-label={words.find(catalogue.formats.length)}
          placeholder={words.find(catalogue.formats.length)}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            const first = families[0]?.formats[0];
            if (event.key !== 'Enter' || first === undefined || search.trim() === '') return;
            if (isOffered(first.figures)) setFormat(first.format.id);
          }}
        />
      ) : null}
      <div className={styles.table} role="radiogroup" aria-label={studioMessages.steps.format}>
        <div className={styles.heads} aria-hidden="true">
          <span>{words.format}</span>
          <span>{words.size}</span>
          <span>{words.time}</span>
          <span>{words.losses}</span>
        </div>
        {families.map(({ family, formats }) => (
          <div key={family} role="group" aria-label={words.families[family]}>
            {catalogue.formats.length > SEARCHED ? (
              <p className={styles.family} aria-hidden="true">
                {words.families[family]}
              </p>
            ) : null}
            {formats.map(({ format, figures: price }) => (
              <FormatRow
                key={format.id}
                group={group}
                format={format}
                price={price}
                largest={largest}
                isChosen={format.id === chosen}
                isBest={format.id === best?.formatId}
                onChoose={() => setFormat(format.id)}
              />
            ))}
          </div>
        ))}
      </div>
      {found.length === 0 ? (
        <p className={styles.foot} role="status">
          {words.noneFound(search.trim())}
        </p>
      ) : null}
      <p className={styles.foot}>
        {rehearsal.isTooLarge ? words.fromSample : words.fromAll}{' '}
        {rehearsal.isTooLarge && !rehearsal.isCurrent ? (
          <Button look="link" onClick={rehearsal.start} disabled={rehearsal.isRunning}>
            {rehearsal.isRunning ? flowWords.counting : flowWords.countExactly}
          </Button>
        ) : null}{' '}
        <Button look="link" onClick={() => setComparing(true)}>
          {words.compare}
        </Button>
      </p>
      {isComparing ? (
        <Suspense>
          <ForecastMatrix catalogue={catalogue} onClose={() => setComparing(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

function Recommended({
  best,
  catalogue,
  isTaken,
}: {
  best: Recommendation;
  catalogue: Catalogue;
  isTaken: boolean;
}) {
  const words = formatWords;
  const { setFormat } = useDraftActions();
  const format = catalogue.formats.find((each) => each.id === best.formatId)!;
  const name = best.preset ? `${format.title}, ${best.preset.title}` : format.title;
  return (
    <div className={styles.best}>
      <p>
        <b>{words.recommends(name)}</b> {best.reasons.join(' ')}
      </p>
      {isTaken ? null : (
        <Button onClick={() => setFormat(best.formatId, best.preset)}>{words.take(name)}</Button>
      )}
    </div>
  );
}

function FormatRow({
  group,
  format,
  price,
  largest,
  isChosen,
  isBest,
  onChoose,
}: {
  /** Name of the radio group: of each studio on the page its own. */
  group: string;
  format: Catalogue['formats'][number];
  price: FormatFigures;
  largest: number;
  isChosen: boolean;
  isBest: boolean;
  onChoose: () => void;
}) {
  const words = formatWords;
  const id = useId();
  const isOff = !isOffered(price) && !isChosen;
  const share = price.bytes === null ? 0 : price.bytes / largest;
  return (
    <label className={`${styles.row} ${isOff ? styles.isOff : ''}`}>
      <input
        type="radio"
        name={group}
        checked={isChosen}
        disabled={isOff}
        aria-labelledby={`${id}-name`}
        aria-describedby={`${id}-says ${id}-size ${id}-time ${id}-losses`}
        onChange={onChoose}
      />
      <span className={styles.what}>
        <span id={`${id}-name`}>
          <b>{format.title}</b> <code>.{format.extension.replace(/^\./, '')}</code>
        </span>
        {isBest ? <span className={styles.tag}>{words.recommended}</span> : null}
      </span>
      <span className={styles.figure} id={`${id}-size`}>
        {price.bytes === null ? words.unknown : sizeText(price.bytes, price.isExact)}
        <span className={styles.bar} aria-hidden="true">
          <i style={{ inlineSize: `${Math.max(share * 100, share > 0 ? 2 : 0)}%` }} />
        </span>
      </span>
      <span className={styles.figure} id={`${id}-time`}>
        {price.ms === null ? words.unknown : formatDuration(price.ms)}
      </span>
      <span
        className={`${styles.figure} ${price.losses ? styles.some : ''}`}
        id={`${id}-losses`}
        title={price.isExact ? undefined : words.lossesKnown}
      >
        {price.losses === null ? words.unknown : formatCount(price.losses)}
      </span>
      <small id={`${id}-says`} className={price.reason === null ? '' : styles.why}>
        {price.reason === null
          ? [format.purpose, keepsOf(format)].filter(Boolean).join(' ')
          : words.notHere(price.reason)}
      </small>
    </label>
  );
}
