// Writes the benchmark's table: twelve mixed columns, the same bytes on every machine for a number of rows.
import { once } from 'node:events';
import { createWriteStream, existsSync, renameSync } from 'node:fs';

const countries = ['DE', 'FR', 'CZ', 'US', 'JP', 'BR', 'IN', 'NG', 'AU', 'SE'];
const statuses = ['done', 'done', 'done', 'open', 'failed', 'queued'];
const names = [
  'Ada Lovelace',
  'Grace Hopper',
  'Škoda Dvořák',
  '王小明',
  'José García',
  'Zoë Ångström',
];
const words =
  'order shipped late partly returned invoice customer asked again about the missing parcel'.split(
    ' ',
  );

/** mulberry32: 32 bits of state, good enough to look mixed and the same everywhere. */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
}

export const columnNames =
  'id,session,created_at,day,country,status,amount,duration_ms,ratio,is_active,customer,note'.split(
    ',',
  );

function* rowsOf(rowCount) {
  const random = randomFrom(20_26);
  const pick = (list) => list[random() % list.length];
  const two = (n) => String(n).padStart(2, '0');
  for (let row = 0; row < rowCount; row++) {
    const time = `${two(random() % 24)}:${two(random() % 60)}:${two(random() % 60)}`;
    const day = `2025-${two(1 + (random() % 12))}-${two(1 + (random() % 28))}`;
    const noteLength = random() % 6;
    let note = '';
    for (let i = 0; i < noteLength; i++)
      note += `${i === 0 ? '' : ' '}${words[random() % words.length]}`;
    const kind = random() % 20;
    if (kind === 0) note = `"${note}, ""urgent"""`;
    else if (kind === 1) note = `"${note}\nsecond line"`;
    yield [
      1_000_000_007 + row * 3,
      `${random().toString(16).padStart(8, '0')}-${random().toString(16).padStart(8, '0')}`,
      `2025-06-${two(1 + (random() % 30))}T${time}Z`,
      day,
      pick(countries),
      pick(statuses),
      `${random() % 100_000}.${two(random() % 100)}`,
      random() % 10 === 0 ? '' : random() % 60_000,
      (random() / 2 ** 32).toFixed(6),
      random() % 2 === 0 ? 'true' : 'false',
      pick(names),
      note,
    ].join(',');
  }
}

/** Writes `rowCount` rows as CSV to `path`, unless it is there already. */
export async function generate(path, rowCount) {
  if (existsSync(path)) return;
  const partial = `${path}.part`;
  const file = createWriteStream(partial);
  let text = `${columnNames.join(',')}\n`;
  for (const row of rowsOf(rowCount)) {
    text += `${row}\n`;
    if (text.length < 1 << 20) continue;
    if (!file.write(text)) await once(file, 'drain');
    text = '';
  }
  file.end(text);
  await once(file, 'close');
  renameSync(partial, path);
}
