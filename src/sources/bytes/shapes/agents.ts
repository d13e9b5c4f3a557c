// Generated agents of a dashboard: ids, states, metrics, labels as JSON.
import { momentOfRow, phrases, type GeneratedShape } from './row-writer.ts';

const names = phrases([
  'build',
  'Prüfstand Süd',
  'déploiement',
  'レポート作成',
  'مراقب',
  'סוכן בדיקה',
  'nightly, long',
  'the "slow" one',
  '=SUM(A1:A9)',
  '  padded  ',
]);
const statuses = phrases('idle idle running running running offline failed'.split(' '));
const types = phrases('builder tester deployer reviewer monitor'.split(' '));
const labels = phrases([
  '[]',
  '["linux","arm64"]',
  '["linux","x64","gpu"]',
  '{"zone":"eu-1","tier":"spot"}',
]);
const descriptions = phrases([
  'Runs the suite at night.\nWakes nobody.',
  'Baut, prüft und räumt auf.',
  'Répond "oui" à tout',
  'x'.repeat(2_000),
  '\\N',
]);
const emptyText = new Uint8Array([34, 34]);
const prefix = phrases(['agent-'])[0]!;
const dash = 45;

export const agents: GeneratedShape = {
  header:
    'id,serial,name,status,type,registered_at,last_seen_at,commands_run,success_rate,cpu_percent,memory_mb,is_managed,labels,description',
  write(to, random, row, rows) {
    to.phrase(prefix);
    to.number(row + 1);
    to.comma();
    to.digits(random.below(1_000_000), 6);
    to.comma();
    to.phrase(random.pick(names));
    to.comma();
    to.phrase(random.pick(statuses));
    to.comma();
    to.phrase(random.pick(types));
    to.comma();
    const seconds = momentOfRow(random, row, rows);
    to.moment(seconds);
    to.byte(90);
    to.comma();
    if (random.below(9) > 0) {
      to.moment(seconds + random.below(30 * 86_400));
      to.byte(90);
    }
    to.comma();
    const commands = random.below(5) === 0 ? 0 : random.below(90_000);
    to.number(commands);
    to.comma();
    // Nothing run, no rate.
    if (commands > 0) {
      to.byte(48);
      to.byte(46);
      to.digits(5_000 + random.below(5_000), 4);
    }
    to.comma();
    to.number(random.below(100));
    to.byte(46);
    to.digits(random.below(10), 1);
    to.comma();
    if (random.below(60) === 0) to.byte(dash);
    to.cents(6_400 + random.below(6_400_000));
    to.comma();
    to.byte(random.below(3) === 0 ? 102 : 116);
    to.comma();
    to.phrase(random.pick(labels));
    to.comma();
    const kind = random.below(24);
    if (kind < 4) to.phrase(emptyText);
    else if (kind < 9) to.phrase(descriptions[kind - 4]!);
    to.endRow();
  },
};
