// Step 4: where to, under which name, how packed, in which charset, and how it is proved.
import { lazy, Suspense, useState } from 'react';
import { asExportError } from '../../contract/errors.ts';
import type { Catalogue, CheckIssue, CheckResult } from '../../contract/verbs.ts';
import { outputOf } from '../plan-parts.ts';
import { OptionRow } from '../form/OptionRow.tsx';
import { issuesAt, sentenceOf } from '../form/issues.ts';
import { Button } from '../kit/Button.tsx';
import { Segments } from '../kit/Segments.tsx';
import { deliveryWords } from './delivery-words.en.ts';
import { offeredDeliveries, pickFolder, placeOf } from '../run/targets.ts';
import { CharsetPart } from './CharsetPart.tsx';
import { DeliveryOptions } from './DeliveryOptions.tsx';
import { FilesPart } from './FilesPart.tsx';
import { NamePart } from './NamePart.tsx';
import { StepPart } from './Step.tsx';
import styles from './plan.module.css';
import { useDraft, useDraftActions } from '../session.tsx';

const ProofPart = lazy(() => import('./ProofPart.tsx'));
const PackPart = lazy(() => import('./PackPart.tsx'));
const SplitPart = lazy(() => import('./SplitPart.tsx'));

const PATH = 'outputs.0';

export function DeliveryStep({
  catalogue,
  check,
  issues,
}: {
  catalogue: Catalogue;
  check: CheckResult | undefined;
  issues: readonly CheckIssue[];
}) {
  const words = deliveryWords;
  const output = useDraft((state) => outputOf(state.draft!.config));
  const format = catalogue.formats.find((each) => each.id === output.format.id);
  const known = [
    ...['naming', 'split', 'ifExists', 'manifest', 'charset', 'compression', 'archive'],
    'verify',
  ];
  const others = issuesAt(issues, PATH).filter(
    (issue) => !known.some((part) => issuesAt([issue], `${PATH}.${part}`).length > 0),
  );
  return (
    <>
      <Where catalogue={catalogue} issues={others} />
      <NamePart catalogue={catalogue} check={check} issues={issues} />
      <Suspense fallback={<StepPart title={words.split}>{null}</StepPart>}>
        <SplitPart check={check} issues={issues} />
      </Suspense>
      <Suspense fallback={<StepPart title={words.pack}>{null}</StepPart>}>
        <PackPart catalogue={catalogue} issues={issues} />
      </Suspense>
      {format?.isText ? <CharsetPart catalogue={catalogue} issues={issues} /> : null}
      <Suspense fallback={<StepPart title={words.proof}>{null}</StepPart>}>
        <ProofPart check={check} issues={issues} />
      </Suspense>
      <FilesPart check={check} />
    </>
  );
}

function Where({ catalogue, issues }: { catalogue: Catalogue; issues: readonly CheckIssue[] }) {
  const words = deliveryWords;
  const delivery = useDraft((state) => outputOf(state.draft!.config).delivery);
  const folder = useDraft((state) => state.draft!.folder);
  const { setDelivery, setFolder } = useDraftActions();
  const places = offeredDeliveries(catalogue).map((card) => ({ card, ...placeOf(card) }));
  const chosen = places.find((place) => place.card.id === delivery.id);
  const [problem, setProblem] = useState<string | null>(null);
  const chooseFolder = async () => {
    try {
      const picked = await pickFolder();
      if (picked) setFolder(picked);
      setProblem(null);
    } catch (thrown) {
      const { message, hint } = asExportError(thrown);
      setProblem(`${message} ${hint}`);
    }
  };
  return (
    <StepPart title={words.where}>
      <Segments
        aria-label={words.where}
        segments={places.map(({ card, missing }) => ({
          value: card.id,
          label: card.title,
          isOff: missing !== null,
        }))}
        value={delivery.id}
        onChange={setDelivery}
      />
      {chosen ? <p className={styles.help}>{chosen.card.purpose}</p> : null}
      {places.map(({ card, missing }) =>
        missing === null ? null : (
          <p key={card.id} className={styles.help}>
            {card.title}: {missing}
          </p>
        ),
      )}
      {chosen?.card.needs === 'file' ? <p className={styles.help}>{words.fileHelp}</p> : null}
      {chosen?.card.needs === 'folder' ? (
        <OptionRow title={words.folder} isGroup>
          {() => (
            <div className={styles.row}>
              {folder ? <b>{folder.name}</b> : null}
              <Button onClick={() => void chooseFolder()}>
                {folder ? words.changeFolder : words.chooseFolder}
              </Button>
              {problem === null ? null : (
                <p className={styles.bad} role="alert">
                  {problem}
                </p>
              )}
            </div>
          )}
        </OptionRow>
      ) : null}
      {chosen && chosen.card.options.length > 0 ? (
        <DeliveryOptions key={chosen.card.id} card={chosen.card} path={PATH} issues={issues} />
      ) : null}
      {issues.map((issue) => (
        <p key={issue.code + issue.sentence} className={styles.bad}>
          {sentenceOf(issue)} {issue.hint}
        </p>
      ))}
    </StepPart>
  );
}
