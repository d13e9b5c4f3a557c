// Adds up losses and rejects of a run: everything is counted, only the first are listed.
import type { LedgerLine, Loss, Reject, RejectCount, Report } from '../contract/report.ts';
import type { RejectsSaver } from './save-rejects.ts';

export class Tally {
  readonly #losses = new Map<string, Loss>();
  readonly #listedRejects: Reject[] = [];
  readonly #rejectCounts = new Map<string, RejectCount>();
  readonly #listMost: number;
  rejectCount = 0;

  readonly #saver: RejectsSaver | null;

  /** `saver` is given every reject with its record. */
  constructor(listedRejects: number, saver: RejectsSaver | null = null) {
    this.#listMost = listedRejects;
    this.#saver = saver;
  }

  lose(loss: Loss): void {
    if (loss.count === 0) return;
    const key = `${loss.code}\0${loss.column ?? ''}`;
    const known = this.#losses.get(key);
    if (known === undefined) this.#losses.set(key, { ...loss });
    else known.count += loss.count;
  }

  reject(reject: Reject): void {
    this.rejectCount++;
    const { code, column } = reject;
    const key = `${code}\0${column ?? ''}`;
    const known = this.#rejectCounts.get(key);
    if (known !== undefined) known.count++;
    else this.#rejectCounts.set(key, { code, ...(column !== undefined && { column }), count: 1 });
    this.#saver?.add(reject);
    if (this.#listedRejects.length >= this.#listMost) return;
    const { record: _, ...listed } = reject;
    this.#listedRejects.push(listed);
  }

  /** Fulfilled when the rejects so far are saved. */
  async settle(): Promise<void> {
    await this.#saver?.flush();
  }

  losses(): Loss[] {
    return [...this.#losses.values()];
  }

  rejects(): Report['rejects'] {
    return {
      count: this.rejectCount,
      listed: this.#listedRejects,
      counts: [...this.#rejectCounts.values()],
    };
  }
}

/** An empty line of the ledger. */
export function ledgerLine(id: string, kind: string): LedgerLine {
  return { id, kind, in: 0, out: 0, filtered: 0, rejected: 0, merged: 0, added: 0 };
}
