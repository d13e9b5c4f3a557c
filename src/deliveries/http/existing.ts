// What an output's rule for old files comes to at an address: the server decides, unless it is asked to keep them.
import type { IfExists } from '../../contract/config.ts';
import type { FormatFinding } from '../../contract/format-finding.ts';
import type { HttpOptions } from './options.ts';
import { EXISTING_TEXTS } from './texts.ts';

type Finding = Pick<FormatFinding, 'severity' | 'sentence' | 'remedy'>;

const finding = (severity: Finding['severity'], sentence: string, remedy: string): Finding => ({
  severity,
  sentence,
  remedy: { title: remedy, options: {} },
});

/** Null where the rule holds: nothing is promised that a server may not keep. */
export function existingFinding(
  rule: IfExists,
  { method, sends, onlyNew }: HttpOptions,
): Finding | null {
  const texts = EXISTING_TEXTS;
  // A program that is handed something has no files of which one could be there already.
  const isStored = method === 'PUT' && sends === 'file';
  switch (rule) {
    case 'replace':
      return isStored && onlyNew ? finding('error', texts.onlyNew, texts.onlyNewRemedy) : null;
    case 'fail':
      return isStored && !onlyNew ? finding('warning', texts.unasked, texts.unaskedRemedy) : null;
    case 'skip':
      return finding('warning', texts.skip, texts.skipRemedy);
    default:
      return finding('error', texts[rule], isStored ? texts.remedy : texts.remedyOfPost);
  }
}
