// Counts what an encoder could not write as it was, by code and column, until a batch's losses are taken.
import type { Loss } from './report.ts';

/** Losses of one format, of these codes with their sentences. */
export interface LossCount<Code extends string> {
  /** One more value of this column; `example` is its text, kept of the first. */
  count(code: Code, column: string, example?: string): void;
  /** What was counted since the last call, in the order it was met. */
  take(): Loss[];
}

/** A counter that words its losses by `texts`. */
export function countLosses<Code extends string>(
  texts: Readonly<Record<Code, string>>,
): LossCount<Code> {
  let losses = new Map<string, Loss>();
  return {
    count(code, column, example) {
      const key = `${code} ${column}`;
      const loss = losses.get(key);
      if (loss) {
        loss.count++;
        return;
      }
      const added: Loss = { code, sentence: texts[code], column, count: 1 };
      if (example !== undefined) added.example = example;
      losses.set(key, added);
    },
    take() {
      const taken = [...losses.values()];
      losses = new Map();
      return taken;
    },
  };
}
