// How the finished files are proved: nothing, their bytes, or their values too, and why values cannot be compared.
import { atVerifyLevel, VERIFY_LEVELS, verifyLevelOf } from '../../contract/verify-level.ts';
import type { CheckIssue, CheckResult } from '../../contract/verbs.ts';
import { outputOf } from '../plan-parts.ts';
import { OptionRow } from '../form/OptionRow.tsx';
import { issuesAt } from '../form/issues.ts';
import { Segments } from '../kit/Segments.tsx';
import { useDraft, useDraftActions } from '../session.tsx';
import { deliveryWords } from './delivery-words.en.ts';
import { proofWords } from './proof-words.en.ts';
import { StepPart } from './Step.tsx';

export default function ProofPart({
  check,
  issues,
}: {
  check: CheckResult | undefined;
  issues: readonly CheckIssue[];
}) {
  const words = proofWords;
  const verify = useDraft((state) => outputOf(state.draft!.config).verify);
  const { setOutput } = useDraftActions();
  const level = verifyLevelOf(verify);
  const { readBack, checksum, values } = verify;
  const own = issuesAt(issues, 'outputs.0.verify');
  const reason = check?.valuesNotCompared;
  const help = [
    level === null
      ? words.otherProof(deliveryWords.proofSays(readBack, checksum === 'sha256', values))
      : words.levelHelp[level],
    // Said by an issue where they were asked for.
    reason !== undefined && own.length === 0 ? words.notCompared(reason) : '',
  ];
  return (
    <StepPart title={deliveryWords.proof}>
      <OptionRow
        title={words.afterWriting}
        isGroup
        issues={own}
        help={help.filter(Boolean).join(' ')}
      >
        {(ids) => (
          <Segments
            aria-labelledby={ids.label}
            aria-describedby={ids.describedBy}
            segments={VERIFY_LEVELS.map((value) => ({ value, label: words.levels[value] }))}
            // Of settings that are none of the levels none is checked.
            value={level ?? ('' as never)}
            onChange={(next) => setOutput({ verify: atVerifyLevel(verify, next) })}
          />
        )}
      </OptionRow>
    </StepPart>
  );
}
