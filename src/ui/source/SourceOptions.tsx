// How the file is read: charset, packing and the source's own options, each with the evidence for what was found.
import { lazy, Suspense } from 'react';
import type { Catalogue, CheckIssue, Inspection } from '../../contract/verbs.ts';
import type { SourceConfig } from '../../contract/config.ts';
import { AUTO_KIND } from '../input.ts';
import { sourceOf } from '../plan-parts.ts';
import { OptionForm } from '../form/OptionForm.tsx';
import { OptionRow } from '../form/OptionRow.tsx';
import { issuesAt } from '../form/issues.ts';
import { Select } from '../kit/fields.tsx';
import { messages } from '../messages.en.ts';
import form from '../form/form.module.css';
import { CharsetOffers } from './CharsetOffers.tsx';
import { FileChoice } from './FileChoice.tsx';
import { FilesRule } from './FilesRule.tsx';
import { TablePart } from './TablePart.tsx';
import { useDraft, useDraftActions } from '../session.tsx';

const AddressPart = lazy(() => import('./AddressPart.tsx'));

type SourceCharset = NonNullable<SourceConfig['charset']>;

export function SourceOptions({
  catalogue,
  inspection,
  issues,
}: {
  catalogue: Catalogue;
  inspection: Inspection | undefined;
  issues: readonly CheckIssue[];
}) {
  const words = messages.source;
  const source = useDraft((state) => sourceOf(state.draft!.config));
  const { setSource, setSourceOption } = useDraftActions();
  const isFound = source.kind === AUTO_KIND;
  const kind = isFound ? inspection?.kind : source.kind;
  const card = catalogue.sources.find((each) => each.id === kind);
  const charset: SourceCharset = source.charset ?? { id: 'auto', onInvalid: 'fail' };
  const compression = source.compression ?? 'auto';
  const fileSources = catalogue.sources.filter((each) => each.input === 'bytes');
  const reasons = new Map(inspection?.evidence.map((each) => [each.option, each.sentence]));
  return (
    <div className={form.stacked}>
      {fileSources.length > 1 ? (
        <OptionRow title={words.kind}>
          {(ids) => (
            <Select
              id={ids.control}
              value={source.kind}
              onChange={(event) => setSource({ kind: event.currentTarget.value, options: {} })}
            >
              <option value={AUTO_KIND}>
                {isFound && card ? words.foundKind(card.title) : words.auto}
              </option>
              {fileSources.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.title}
                </option>
              ))}
            </Select>
          )}
        </OptionRow>
      ) : null}
      {'origin' in source.from ? (
        <Suspense fallback={null}>
          <AddressPart from={source.from} />
        </Suspense>
      ) : null}
      <FileChoice />
      <TablePart inspection={inspection} />
      <FilesRule inspection={inspection} />
      {card ? (
        <OptionForm
          key={card.id}
          isStacked
          isProposed
          fields={card.options}
          values={source.options}
          base={inspection?.options ?? {}}
          reasons={reasons}
          path="sources.0.options"
          issues={issues}
          onChange={(id, value) => {
            // An option belongs to its kind: from here on it is settled.
            if (isFound && kind !== undefined)
              setSource({ kind, options: { ...source.options, [id]: value } });
            else setSourceOption(id, value);
          }}
        />
      ) : null}
      <OptionRow
        title={words.charset}
        issues={issuesAt(issues, 'sources.0.charset')}
        help={
          charset.id === 'auto' && inspection
            ? (reasons.get('charset') ?? words.found(inspection.charset))
            : undefined
        }
        {...(charset.id === 'auto'
          ? {}
          : { back: words.auto, onBack: () => setSource({ charset: { ...charset, id: 'auto' } }) })}
      >
        {(ids) => (
          <>
            <Select
              id={ids.control}
              aria-describedby={ids.describedBy}
              value={charset.id}
              onChange={(event) =>
                setSource({ charset: { ...charset, id: event.currentTarget.value } })
              }
            >
              <option value="auto">{words.auto}</option>
              {catalogue.charsets
                .filter((each) => each.canDecode)
                .map((each) => (
                  <option key={each.id} value={each.id}>
                    {each.title}
                  </option>
                ))}
            </Select>
            <CharsetOffers
              inspection={inspection}
              charsets={catalogue.charsets}
              onTake={(id) => setSource({ charset: { ...charset, id } })}
            />
          </>
        )}
      </OptionRow>
      <OptionRow title={words.onInvalid}>
        {(ids) => (
          <Select
            id={ids.control}
            value={charset.onInvalid}
            onChange={(event) =>
              setSource({
                charset: {
                  ...charset,
                  onInvalid: event.currentTarget.value as SourceCharset['onInvalid'],
                },
              })
            }
          >
            <option value="fail">{words.fail}</option>
            <option value="replace">{words.replace}</option>
            <option value="latin1">{words.latin1}</option>
          </Select>
        )}
      </OptionRow>
      <OptionRow
        title={words.packing}
        help={
          compression === 'auto' && inspection
            ? (reasons.get('compression') ?? words.found(inspection.compression))
            : undefined
        }
      >
        {(ids) => (
          <Select
            id={ids.control}
            aria-describedby={ids.describedBy}
            value={compression}
            onChange={(event) =>
              setSource({
                compression: event.currentTarget.value as NonNullable<SourceConfig['compression']>,
              })
            }
          >
            <option value="auto">{words.auto}</option>
            <option value="none">{words.notPacked}</option>
            {catalogue.codecs
              .filter((each) => each.canDecode)
              .map((each) => (
                <option key={each.id} value={each.id}>
                  {each.title}
                </option>
              ))}
            <option value="zip">ZIP</option>
          </Select>
        )}
      </OptionRow>
    </div>
  );
}
