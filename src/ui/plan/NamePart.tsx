// What the files are called: a pattern with its live result, what can be put into it, and what happens to a file of that name.
import { useRef } from 'react';
import type { Catalogue, CheckIssue, CheckResult } from '../../contract/verbs.ts';
import { outputOf } from '../draft.ts';
import { OptionRow } from '../form/OptionRow.tsx';
import { issuesAt } from '../form/issues.ts';
import { Segments } from '../kit/Segments.tsx';
import { TextInput } from '../kit/fields.tsx';
import { studioMessages } from '../studio-messages.en.ts';
import { useDraft, useDraftActions } from '../session.tsx';
import { StepPart } from './Step.tsx';
import styles from './plan.module.css';

const PATH = 'outputs.0.naming';
const DEFAULT_PATTERN = '{name}{part}';
const TOKENS = ['name', 'date', 'time', 'format', 'part', 'jobId'] as const;

export function NamePart({
  catalogue,
  check,
  issues,
}: {
  catalogue: Catalogue;
  check: CheckResult | undefined;
  issues: readonly CheckIssue[];
}) {
  const words = studioMessages.delivery;
  const output = useDraft((state) => outputOf(state.draft!.config));
  const { setOutput } = useDraftActions();
  const input = useRef<HTMLInputElement>(null);
  const card = catalogue.deliveries.find((each) => each.id === output.delivery.id);
  const { pattern } = output.naming;
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
              <code>{check?.fileNames.slice(0, 3).join(', ')}</code>
            </div>
          </>
        )}
      </OptionRow>
      {card?.needs === 'folder' ? (
        <OptionRow title={words.ifExists} isGroup help={words.existsHelp[output.ifExists]}>
          {(ids) => (
            <Segments
              aria-labelledby={ids.label}
              aria-describedby={ids.describedBy}
              segments={[
                { value: 'fail', label: words.stop },
                { value: 'replace', label: words.replace },
                { value: 'rename', label: words.rename },
              ]}
              value={output.ifExists}
              onChange={(ifExists) => setOutput({ ifExists })}
            />
          )}
        </OptionRow>
      ) : card && card.id in words.existsElsewhere ? (
        <OptionRow title={words.ifExists} isGroup>
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
