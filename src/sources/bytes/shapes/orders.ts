// Generated orders of a shop: leading zeros, ids beyond a double, names in five scripts, notes that no reader likes.
import { momentOfRow, phrases, quotedPhrases, type GeneratedShape } from './row-writer.ts';

const QUOTE = 34;

const customers = phrases([
  'Ada Lovelace',
  'Käthe Kollwitz',
  'Karl Friedrich Gauß',
  'Émilie du Châtelet',
  'François Villon',
  'Zoë Ångström',
  'Antonín Dvořák',
  'Miguel de Cervantes, junior',
  '紫式部',
  '湯川秀樹',
  'ابن الهيثم',
  'فاطمة الفهرية',
  'חיים נחמן ביאליק',
  "Flann O'Brien",
  '"Duke" Ellington',
]);
const countries = phrases('DE DE DE FR FR AT CH JP EG IL GB US BR CZ'.split(' '));
const statuses = phrases('shipped shipped shipped delivered delivered open returned'.split(' '));
const zones = phrases(['Z', '+01:00', '+02:00', '+09:00', '-05:00']);
const [yes, no] = phrases(['true', 'false']);

const words = quotedPhrases(
  'please leave the parcel with the neighbour bitte klingeln l’étage troisième sonnez ドアの前に置いてください الرجاء الاتصال נא להתקשר before noon, thanks'
    .split(' ')
    .map((word) => `${word} `),
);
const oddities = phrases([
  '=HYPERLINK("https://example.com";"refund")',
  '+49 30 1234567',
  '-2 pieces missing',
  '@sales: call back',
  '=1+1',
  '  two spaces before and after  ',
  '\ttab',
  'NULL',
  '5" pipe',
  'said "later"; then nothing',
  'first line\nsecond line',
  'ligne une\r\nligne deux',
  '👩‍👩‍👧 gift 🎁',
  '‏مرحبا, order 12',
  '007',
  '1e3',
  '#N/A',
]);
const emptyText = phrases(['']).map(() => new Uint8Array([QUOTE, QUOTE]))[0]!;

export const orders: GeneratedShape = {
  header:
    'order_no,order_id,created_at,customer,country,status,quantity,price,discount,is_paid,delivery_date,note',
  write(to, random, row, rows) {
    to.digits(row + 1, 10);
    to.comma();
    // Nineteen digits: a whole number of 64 bits, and not one of a double.
    to.digits(9_120, 4);
    to.digits(random.below(10_000_000), 7);
    to.digits(row % 100_000_000, 8);
    to.comma();
    const seconds = momentOfRow(random, row, rows);
    to.moment(seconds);
    to.phrase(random.pick(zones));
    to.comma();
    to.phrase(random.pick(customers));
    to.comma();
    if (random.below(40) > 0) to.phrase(random.pick(countries));
    to.comma();
    to.phrase(random.pick(statuses));
    to.comma();
    to.number(1 + (random.next() % 12) * (random.below(3) === 0 ? 7 : 1));
    to.comma();
    to.cents(99 + random.below(250_000));
    to.comma();
    if (random.below(4) === 0) {
      to.digits(0, 1);
      to.byte(46);
      to.digits(random.below(60), 2);
    }
    to.comma();
    to.phrase(random.below(10) > 0 ? yes! : no!);
    to.comma();
    if (random.below(7) > 0) to.date(seconds + 86_400 * (1 + random.below(20)));
    to.comma();
    const kind = random.below(32);
    if (kind < 12) {
      // Nothing said: null.
    } else if (kind < 15) to.phrase(emptyText);
    else if (kind < 20) to.phrase(random.pick(oddities));
    else {
      to.byte(QUOTE);
      // One note in some thousands is as long as a letter.
      const length = random.below(4_000) === 0 ? 400 : 1 + random.below(8);
      for (let i = 0; i < length; i++) to.phrase(random.pick(words));
      to.byte(QUOTE);
    }
    to.endRow();
  },
};
