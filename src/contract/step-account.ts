// Keeps a step's rows in balance when its reader leaves before it has given them all, as a limit behind it does.
import type { TransformContext } from './plugins.ts';

/** What a step tells of its rows, added up. */
export interface StepAccount {
  taken: number;
  given: number;
  filtered(rowCount: number): void;
  merged(rowCount: number): void;
  added(rowCount: number): void;
  /** At the end, come about as it may: rows that were neither given nor accounted for yet were left out. */
  settle(): void;
}

export function openAccount(
  context: Pick<TransformContext<unknown>, 'filtered' | 'merged' | 'added'>,
): StepAccount {
  let settled = 0;
  return {
    taken: 0,
    given: 0,
    filtered(rowCount) {
      settled += rowCount;
      context.filtered(rowCount);
    },
    merged(rowCount) {
      settled += rowCount;
      context.merged(rowCount);
    },
    added(rowCount) {
      settled -= rowCount;
      context.added(rowCount);
    },
    settle() {
      const left = this.taken - this.given - settled;
      if (left > 0) context.filtered(left);
    },
  };
}
