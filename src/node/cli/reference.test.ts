// The reference names everything that the catalogue has, and Markdown reads it as it is meant.
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { formats } from '../../formats/registry.ts';
import { reference } from './reference.ts';

const card = {
  id: 'odd',
  title: 'A *bold* `title`',
  purpose: 'For <b>, [links](x) and | bars.',
  options: [
    {
      id: 'mark',
      kind: 'choice' as const,
      title: 'Mark',
      help: 'What stands between: `a`.',
      default: '`',
      choices: [{ value: '``', label: 'Two *backticks*' }],
      examples: [{ options: { mark: ' ' }, columns: ['a'], shows: ' `x`\n' }],
    },
    {
      id: 'most',
      kind: 'integer' as const,
      title: 'Most',
      help: 'At most.',
      default: null,
      min: 1,
      unit: 'rows',
    },
  ],
};

const text = reference([['Parts', 'archive', [card]]]);

describe('the reference', () => {
  it('says bounds, units, defaults, choices and what examples write', () => {
    expect(text).toContain('`--archive.most <rows>`\n\nAt most. (1 or more rows; default none)');
    expect(text).toContain('- ``` `` ```: Two \\*backticks\\*');
    expect(text).toContain('writes ``  `x`\\n ``');
  });

  it('has every option and preset of every format', () => {
    const cards = formats.map((format) => ({ ...format, options: format.options.fields }));
    const all = reference([['Formats', 'format', cards]]);
    for (const { id, options, presets } of cards) {
      const own = all.slice(all.indexOf(`(\`${id}\`)\n`));
      for (const field of options) expect(own).toContain(`\n\`--format.${field.id} <`);
      for (const preset of presets) expect(own).toContain(`(\`${preset.id}\`): `);
    }
    expect(all).not.toMatch(/undefined|\[object/);
  });

  it('is plain text to Markdown where it is meant so', ({ skip }) => {
    let html: string;
    try {
      html = execFileSync('cmark-gfm', { input: text, encoding: 'utf8' });
    } catch (error) {
      if (process.env['CI'] === 'true') throw error;
      return skip('cmark-gfm is missing');
    }
    expect(html).toContain('<h3>A *bold* `title` (<code>odd</code>)</h3>');
    expect(html).toContain('<p>For &lt;b&gt;, [links](x) and | bars.</p>');
    expect(html).not.toMatch(/<(?:em|strong|a|b|table)\b/);
  });
});
