// Generated executions of commands: what ran where, how it ended, how long it took, what it said.
import { momentOfRow, phrases, type GeneratedShape } from './row-writer.ts';

const commands = phrases('test build deploy lint backup report migrate'.split(' '));
const parameters = phrases([
  '--all',
  '--path "C:\\Program Files\\build"',
  '--filter \'name = "x"\'',
  '-v',
  '=cmd|"/c calc"!A1',
  '--titel Übersicht, Größe',
  '--題名 報告',
  '{"retries":3,"tags":["a","b"]}',
  '--since 2026-01-01',
]);
const statuses = phrases(
  'success success success success success failed timeout cancelled running'.split(' '),
);
const outputs = phrases([
  'ok',
  '42 passed, 0 failed',
  'warning: deprecated\nerror: file "a.ts" not found\n    at line 12',
  'Fehler: Datei nicht gefunden',
  'échec à l’étape n° 3',
  'エラーが発生しました',
  'تعذر الاتصال بالخادم',
  'החיבור נכשל',
  '\u001b[31mred\u001b[0m',
  `${'.'.repeat(78)}\n`.repeat(40),
]);
const emptyText = new Uint8Array([34, 34]);
const agent = phrases(['agent-'])[0]!;
const RUNNING = 8;

export const commandExecutions: GeneratedShape = {
  header:
    'id,agent,command,arguments,status,exit_code,started_at,finished_at,duration_ms,cpu_seconds,is_retry,output',
  write(to, random, row, rows) {
    to.digits(7_205, 4);
    to.digits(random.below(1_000_000), 6);
    to.digits(row, 9);
    to.comma();
    to.phrase(agent);
    to.number(1 + random.below(400));
    to.comma();
    to.phrase(random.pick(commands));
    to.comma();
    if (random.below(4) > 0) to.phrase(random.pick(parameters));
    to.comma();
    const status = random.below(statuses.length);
    to.phrase(statuses[status]!);
    to.comma();
    if (status !== RUNNING) to.number(status < 5 ? 0 : 1 + random.below(140));
    to.comma();
    const seconds = momentOfRow(random, row, rows);
    const startMs = random.below(1_000);
    to.moment(seconds);
    to.byte(46);
    to.digits(startMs, 3);
    to.byte(90);
    to.comma();
    const durationMs = random.below(50) === 0 ? random.below(4_000_000) : random.below(9_000);
    if (status !== RUNNING) {
      const endMs = startMs + durationMs;
      to.moment(seconds + Math.floor(endMs / 1_000));
      to.byte(46);
      to.digits(endMs % 1_000, 3);
      to.byte(90);
    }
    to.comma();
    if (status !== RUNNING) to.number(durationMs);
    to.comma();
    to.cents(Math.floor(durationMs / 20));
    to.comma();
    to.byte(random.below(12) === 0 ? 116 : 102);
    to.comma();
    const kind = random.below(40);
    if (kind < 9) to.phrase(outputs[kind]!);
    else if (kind < 16) to.phrase(emptyText);
    // The longest is rare, or it would be most of the bytes.
    else if (kind === 16 && random.below(20) === 0) to.phrase(outputs[9]!);
    to.endRow();
  },
};
