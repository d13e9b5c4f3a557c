// What the files are called: a pattern with its live result, what can be put into it, and what happens to a file of that name.
import { useRef } from 'react';
import type { IfExists } from '../../contract/config.ts';
import type { Catalogue, CheckIssue, CheckResult } from '../../contract/verbs.ts';
import { outputOf } from '../plan-parts.ts';
import { OptionRow } from '../form/OptionRow.tsx';
import { issuesAt } from '../form/issues.ts';
import { Select, TextInput } from '../kit/fields.tsx';
import { deliveryWords } from './delivery-words.en.ts';
import { useDraft, useDraftActions } from '../session.tsx';
import { StepPart } from './Step.tsx';
import styles from './plan.module.css';

const PATH = 'outputs.0.naming';
const DEFAULT_PATTERN = '{name}{part}';
const TOKENS = [
  'name',
  'source',
  'date',
  'time',
  'format',
  'partition',
  'part',
  'parts',
  'rows',
  'hash8',
  'column',
  'jobId',
] as const;
const RULES = ['fail', 'replace', 'rename', 'append', 'skip', 'ask'] as const;

/** For one part, two and many, as far as these differ. */
function examplesOf(check: CheckResult | undefined): { parts: number; names: string[] }[] {
  const [one, ...more] = check?.nameExamples ?? [];
  if (one === undefined) return [{ parts: 1, names: check?.fileNames ?? [] }];
  const isAlike = more.every(({ names }) => names.join('/') === one.names.join('/'));
  return isAlike ? [one] : [one, ...more];
}

export function NamePart({
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
  const { setOutput } = useDraftActions();
  const input = useRef<HTMLInputElement>(null);
  const card = catalogue.deliveries.find((each) => each.id === output.delivery.id);
  const { pattern } = output.naming;
  const isAddress = card?.id === 'http';
  // The rest comes to nothing there.
  const rules = isAddress
    ? RULES.filter((rule) => ['fail', 'replace', output.ifExists].includes(rule))
    : RULES;
  const existing = issuesAt(issues, 'outputs.0.ifExists');
  const setPattern = (next: string) => setOutput({ naming: { pattern: next } });
  const insert = (token: string) => {
    const { current } = input;
    const from = current?.selectionStart ?? pattern.length;
    const to = current?.selectionEnd ?? from;
    setPattern(`${pattern.slice(0, from)}{${token}}${pattern.slice(to)}`);
    current?.focus();
    const at = from + token.length + 2;
    requestAnimationFrame(() => current?.setSelectionRange(at, at));
  };
  return (
    <StepPart title={words.name}>
      <OptionRow
        title={words.pattern}
        issues={issuesAt(issues, PATH)}
        help={words.patternHelp}
        {...(pattern === DEFAULT_PATTERN
          ? {}
          : { back: DEFAULT_PATTERN, onBack: () => setPattern(DEFAULT_PATTERN) })}
      >
        {(ids) => (
          <>
            <TextInput
              isMono
              ref={input}
              id={ids.control}
              aria-describedby={ids.describedBy}
              aria-invalid={ids.isWrong}
              value={pattern}
              onChange={(event) => setPattern(event.currentTarget.value)}
            />
            <div className={styles.tokens} role="group" aria-label={words.insert}>
              <span aria-hidden="true">{words.insert}</span>
              {TOKENS.map((token) => (
                <button
                  key={token}
                  type="button"
                  title={words.tokens[token]}
                  onClick={() => insert(token)}
                >
                  {token}
                </button>
              ))}
            </div>
            <div className={styles.result} aria-live="polite">
              <span>{words.reads}</span>
              <span>
                {examplesOf(check).map(({ parts, names }) => (
                  <span key={parts} className={styles.example}>
                    {output.split === null ? '' : words.ofParts(parts)}
                    <code>{names.slice(0, 2).join(', ')}</code>
                    {names.length > 2 ? ' … ' : ''}
                    {names.length > 2 ? <code>{names.at(-1)}</code> : null}
                  </span>
                ))}
              </span>
            </div>
          </>
        )}
      </OptionRow>
      {card?.needs === 'folder' ||
      isAddress ||
      existing.some(({ severity }) => severity === 'error') ? (
        <OptionRow
          title={words.ifExists}
          help={isAddress ? words.atAddress : words.existsHelp[output.ifExists]}
          issues={existing}
        >
          {(ids) => (
            <Select
              id={ids.control}
              aria-describedby={ids.describedBy}
              value={output.ifExists}
              onChange={(event) => setOutput({ ifExists: event.currentTarget.value as IfExists })}
            >
              {rules.map((rule) => (
                <option key={rule} value={rule}>
                  {words.exists[rule]}
                </option>
              ))}
            </Select>
          )}
        </OptionRow>
      ) : card && card.id in words.existsElsewhere ? (
        <OptionRow title={words.ifExists} isGroup issues={existing}>
          {() => (
            <p className={styles.fact}>
              {words.existsElsewhere[card.id as keyof typeof words.existsElsewhere]}
            </p>
          )}
        </OptionRow>
      ) : null}
    </StepPart>
  );
}
