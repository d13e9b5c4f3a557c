// Asks for the exact counts of a source that is too large to be counted unasked, and says how far counting is.
import { formatShare } from '../format-number.ts';
import { Button } from '../kit/Button.tsx';
import { useRehearsal } from '../queries.ts';
import { flowWords } from './data-words.en.ts';

export function CountAll() {
  const words = flowWords;
  const { progress, isRunning, isTooLarge, isCurrent, canStart, start } = useRehearsal();
  if (!isTooLarge || isCurrent || (!canStart && !isRunning)) return null;
  if (!isRunning)
    return (
      <Button look="link" onClick={start}>
        {words.countExactly}
      </Button>
    );
  const done = progress?.bytesTotal ? progress.bytesIn / progress.bytesTotal : null;
  return <span>{done === null ? words.counting : words.countingAt(formatShare(done))}</span>;
}
