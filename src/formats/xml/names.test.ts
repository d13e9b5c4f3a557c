// Column names as XML names: valid ones, and back again.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapedName, isXmlName, nameOfXml, replacedName } from './names.ts';

describe('names of XML', () => {
  it.each([
    ['city', 'city'],
    ['unit price', 'unit_x0020_price'],
    ['2024', '_x0032_024'],
    ['', '_xFFFF_'],
    ['\uffff', '_x00FFFF_'],
    ['xml', '_x0078_ml'],
    ['XMLdata', '_x0058_MLdata'],
    ['a:b', 'a_x003A_b'],
    ['_x0041_', '_x005F_x0041_'],
    ['_x0041 ', '_x005F_x0041_x0020_'],
    ['_x41_', '_x41_'],
    ['naïve', 'naïve'],
    ['😀', '😀'],
    ['\u{f0000}', '_x0F0000_'],
    ['-', '_x002D_'],
  ])('%j is written as %s', (name, written) => {
    expect(escapedName(name)).toBe(written);
    expect(nameOfXml(written)).toBe(name);
  });

  it('are always valid, and read back as what they were', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 20 }),
          fc.string({ unit: fc.constantFrom('_', 'x', '0', '4', '1', 'F', 'm', 'l', ' ') }),
        ),
        fc.boolean(),
        (name, isAscii) => {
          const written = escapedName(name, isAscii);
          expect(isXmlName(written)).toBe(true);
          expect(nameOfXml(written)).toBe(name);
          if (isAscii) expect(written).toMatch(/^[ -~]+$/);
          expect(isXmlName(replacedName(name, isAscii))).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.skipIf(spawnSync('xmllint', ['--version']).error !== undefined)(
    'are what another reader takes for names',
    () => {
      const names: string[] = [];
      for (let code = 0; code < 0x3000; code++) names.push(String.fromCodePoint(code));
      const tags = names.flatMap((name) => [
        `<${escapedName(name)}/>`,
        `<${escapedName(`a${name}`)}/>`,
        `<${replacedName(`a${name}`)}/>`,
      ]);
      const { status, stderr } = spawnSync('xmllint', ['--noout', '--huge', '-'], {
        input: `<r>${tags.join('')}</r>`,
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      expect(status).toBe(0);
    },
  );
});
