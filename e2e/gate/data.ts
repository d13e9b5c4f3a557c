// The same awkward table for both doors, as CSV text and as records, without a clock or a random number.

/** A small linear congruential generator: the same numbers everywhere. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0);
}

const WORDS = [
  'paid',
  'failed',
  'open',
  'größer',
  '日本語',
  'a, b',
  'say "hi"',
  'line\nbreak',
  '',
  '=1+1',
];

/** One CSV field in the file's own spelling. */
function spell(cell: string, quote: boolean): string {
  return quote || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

export function csvText(rowCount: number): string {
  const next = numbers(7);
  const lines = ['id,code,amount,word,note,flag,day,at,__proto__,"na ""me",id,big'];
  for (let row = 0; row < rowCount; row++) {
    const roll = next();
    const word = WORDS[roll % WORDS.length]!;
    lines.push(
      [
        String(row),
        String(roll % 1000).padStart(5, '0'),
        `${roll % 9000}.${String(roll % 100).padStart(2, '0')}`,
        spell(word, roll % 7 === 0 || word === ''),
        roll % 5 === 0 ? '' : spell(`note ${roll % 313}`, roll % 11 === 0),
        roll % 2 === 0 ? 'true' : 'false',
        `2026-${String((roll % 12) + 1).padStart(2, '0')}-${String((roll % 28) + 1).padStart(2, '0')}`,
        `2026-11-21T0${roll % 10}:30:${String(roll % 60).padStart(2, '0')}Z`,
        'x'.repeat(roll % 30),
        roll % 3 === 0 ? '""' : 'n',
        `dup${roll % 17}`,
        `${(roll % 9) + 1}${String(roll).repeat(2).slice(0, 17)}`,
      ].join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}

export function records(rowCount: number): Record<string, unknown>[] {
  const next = numbers(11);
  return Array.from({ length: rowCount }, (_, row) => {
    const roll = next();
    return {
      id: row,
      big: BigInt(roll) * 4_000_000_007n,
      ratio: roll % 13 === 0 ? null : roll / 977,
      word: WORDS[roll % WORDS.length],
      flag: roll % 2 === 0,
      at: new Date(1_700_000_000_000 + (roll % 1_000_000_000)),
      nested:
        roll % 4 === 0 ? undefined : { tags: [WORDS[roll % 3], roll % 10], deep: { n: roll % 7 } },
    };
  });
}
