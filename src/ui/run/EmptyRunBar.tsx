// The run bar while nothing is open.
import { Button } from '../kit/Button.tsx';
import { messages } from '../messages.en.ts';
import { Bar } from './Bar.tsx';

export function EmptyRunBar() {
  const words = messages.runBar;
  return (
    <Bar title={words.nothingYet} says={words.openFirst}>
      <Button look="primary" isBig disabled>
        {words.export}
      </Button>
    </Bar>
  );
}
