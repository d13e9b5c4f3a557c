// Counts what reading changed, by kind and column, and tells it.
import { shorten } from '../../contract/errors.ts';
import type { Loss } from '../../contract/report.ts';
import { LOSS_SENTENCES } from './texts.ts';

export type LossCode = keyof typeof LOSS_SENTENCES;

export class LossCounts {
  readonly #sink: { lose(loss: Loss): void };
  readonly #counts = new Map<LossCode, Map<number, Loss>>();

  constructor(sink: { lose(loss: Loss): void }) {
    this.#sink = sink;
  }

  add(code: LossCode, place: number, column: string, example: () => string): void {
    let byColumn = this.#counts.get(code);
    if (byColumn === undefined) this.#counts.set(code, (byColumn = new Map()));
    const known = byColumn.get(place);
    if (known !== undefined) known.count++;
    else {
      const sentence = LOSS_SENTENCES[code];
      byColumn.set(place, { code, sentence, column, count: 1, example: shorten(example()) });
    }
  }

  /** Tells what was counted since the last time. */
  tell(): void {
    for (const byColumn of this.#counts.values())
      for (const loss of byColumn.values()) this.#sink.lose(loss);
    this.#counts.clear();
  }
}
