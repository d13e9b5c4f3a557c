// Counts what a batch could not hold as it was, by code and column.
import { shorten } from '../../contract/errors.ts';
import type { Loss } from '../../contract/report.ts';
import { LOSS_TEXTS, type LossCode } from './texts.ts';

const decoder = new TextDecoder();

export interface LossCounter {
  count(code: LossCode, column: number, source: Uint8Array, start: number, end: number): void;
  /** The losses counted so far, in the order they were met; counting starts anew. */
  take(): Loss[];
}

/** A counter for columns of these names. */
export function createLossCounter(names: readonly string[]): LossCounter {
  let losses: Loss[] = [];
  let known = new Map<string, Loss>();
  return {
    count(code, column, source, start, end) {
      const key = `${code} ${column}`;
      const loss = known.get(key);
      if (loss) {
        loss.count++;
        return;
      }
      const added: Loss = { code, sentence: LOSS_TEXTS[code], column: names[column]!, count: 1 };
      if (end > start) added.example = shorten(decoder.decode(source.subarray(start, end)));
      known.set(key, added);
      losses.push(added);
    },
    take() {
      const taken = losses;
      losses = [];
      known = new Map();
      return taken;
    },
  };
}
