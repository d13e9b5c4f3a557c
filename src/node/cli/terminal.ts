// What the command line says to people: errors, notes, sizes, progress. All of it goes to standard error.
import type { ExportError } from '../../contract/errors.ts';
import type { Progress, Sending } from '../../contract/report.ts';

export const EXIT = { done: 0, failed: 1, wrongConfig: 2, rejects: 3, cancelled: 130 } as const;

/** Why a finished file is not what was written. */
const VERIFY_EXITS: ReadonlyMap<string, number> = new Map([
  ['verify.differs', 4],
  ['verify.values', 5],
  ['verify.unreadable', 6],
  ['verify.not-in-receipt', 7],
  ['verify.no-receipt', 7],
]);

/** What is wrong with the plan itself, whatever the rows hold. */
const OF_THE_PLAN =
  /^(?:config|filter)\.|^expression\.(?!failed$)|^aggregate\.wrong-type$|^read\.charset\.unknown$/;

/** The exit code that an error's code stands for. */
export function exitCodeOf(code: string): number {
  const verified = VERIFY_EXITS.get(code);
  if (verified !== undefined) return verified;
  return OF_THE_PLAN.test(code) ? EXIT.wrongConfig : EXIT.failed;
}

/** Control characters of a text from a file or its name must not reach the terminal. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what must go
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\uFFFD');
}

export function say(line: string): void {
  process.stderr.write(`${printable(line)}\n`);
}

/** Sentence, hint, code. */
export function sayError(error: Pick<ExportError, 'code' | 'hint' | 'message'>): void {
  say(`export-studio: ${error.message}`);
  say(`  ${error.hint}`);
  say(`  [${error.code}]`);
}

export function formatCount(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** `1 row`, `2,000 rows`. */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Bytes in decimal units: 12.3 MB. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let value = bytes;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? String(value) : value.toFixed(value < 10 ? 1 : 0)} ${units[unit]!}`;
}

/** Milliseconds as 0:07, 12:03, 1:02:03. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** One line of what is being sent. */
function sendingLine({ name, file, files, bytes, bytesTotal, retry }: Sending): string {
  const parts = [
    'sending',
    files === 1 ? name : `${name} (${file} of ${files})`,
    `${formatBytes(bytes)} of ${formatBytes(bytesTotal)}`,
  ];
  if (retry) parts.push(`${retry.problem} again in ${formatClock(retry.waitMs)}`);
  return parts.join('  ');
}

/** One line of progress: rows, bytes, rate, time left. */
export function progressLine(progress: Progress): string {
  const { bytesIn, bytesTotal, bytesPerSecond, etaMs, phase, rowsOut, sending } = progress;
  if (sending) return sendingLine(sending);
  const share = bytesTotal ? ` of ${formatBytes(bytesTotal)}` : '';
  const parts = [
    phase,
    `${formatCount(rowsOut)} rows`,
    `${formatBytes(bytesIn)}${share}`,
    `${formatBytes(Math.round(bytesPerSecond))}/s`,
  ];
  if (etaMs !== null) parts.push(`${formatClock(etaMs)} left`);
  return parts.join('  ');
}

/** A line that is written over itself; nothing where nobody looks at a terminal. */
export class ProgressLine {
  readonly #isShown: boolean;
  #isDrawn = false;

  constructor(isWanted: boolean) {
    this.#isShown = isWanted && process.stderr.isTTY && !process.env['CI'];
  }

  draw(progress: Progress): void {
    if (!this.#isShown) return;
    const line = progressLine(progress).slice(0, Math.max(20, process.stderr.columns - 1));
    process.stderr.write(`\r\u001b[2K${line}`);
    this.#isDrawn = true;
  }

  clear(): void {
    if (this.#isDrawn) process.stderr.write('\r\u001b[2K');
    this.#isDrawn = false;
  }
}

/** The first signal asks the run to stop, the second ends the program. */
export function cancelOnSignals(onFirst: () => void): { signal: AbortSignal; release(): void } {
  const abort = new AbortController();
  const onSignal = (): void => {
    if (abort.signal.aborted) process.exit(EXIT.cancelled);
    onFirst();
    abort.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: abort.signal,
    release() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
