// Values that look personal, by published test numbers, and those that only nearly do.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createProfileCounter } from './column-profile.ts';
import { detectPersonal, isCardNumber, isIban, personalKind } from './detect-personal.ts';

describe('one value', () => {
  it.each([
    ['ann@example.org', 'email'],
    ['ann.b+tag@mail.example.co.uk', 'email'],
    ['jörg@bücher.example', 'email'],
    [' ann@example.org ', 'email'],
    ['ann@example', null],
    ['ann at example.org', null],
    ['a@b@example.org', null],
    ['@handle', null],
    // From the example numbers of the national registries.
    ['GB82 WEST 1234 5698 7654 32', 'iban'],
    ['DE89370400440532013000', 'iban'],
    ['FR1420041010050500013M02606', 'iban'],
    ['NO9386011117947', 'iban'],
    ['DE89370400440532013001', null],
    ['GB82 WEST 1234 5698 7654 3', null],
    // Test numbers of the card schemes.
    ['4111 1111 1111 1111', 'card'],
    ['5555555555554444', 'card'],
    ['3782-822463-10005', 'card'],
    ['6011111111111117', 'card'],
    ['2223003122003222', 'card'],
    ['4111111111111112', null],
    ['0000000000000000', null],
    ['+49 170 1234567', 'phone'],
    ['+1 (555) 123-4567', 'phone'],
    ['+15551234567', 'phone'],
    ['0049 170 1234567', 'phone'],
    ['0000000001', null],
    ['0012345678', null],
    ['+1234', null],
    ['+1234567890123456', null],
    ['+12.5', null],
    ['192.168.0.1', 'ip'],
    ['255.255.255.255', 'ip'],
    ['256.1.1.1', null],
    ['1.2.3', null],
    ['01.02.03.04', null],
    ['2001:db8::8a2e:370:7334', 'ip'],
    ['2001:0db8:0000:0000:0000:8a2e:0370:7334', 'ip'],
    ['::ffff:192.0.2.1', 'ip'],
    ['1:2:3:4:5:6:7', null],
    ['1::2::3', null],
    ['12:30:45', null],
    ['1:2:3:4:5:6:7:8:9', null],
    ['2026-11-21', null],
    ['2026-11-21T10:00:00Z', null],
    ['1234567.89', null],
    ['Zoë Ångström', null],
    ['shipped', null],
  ])('%s: %s', (text, kind) => expect(personalKind(text)).toBe(kind));

  it('never has a check digit that is still right with another digit', () => {
    const changed = (text: string, at: number, by: number): string =>
      text.replace(/\d/g, (digit, place: number) =>
        place === at ? String((Number(digit) + by) % 10) : digit,
      );
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 15 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
        expect(isCardNumber(changed('4111111111111111', at, by))).toBe(false);
        expect(isIban(changed('DE89370400440532013000', at, by))).toBe(false);
      }),
    );
  });

  it('ends soon for long and hostile texts', () => {
    const start = performance.now();
    for (const piece of ['a@', 'a.', '+1 ', '4 ', '1:', 'DE89 '])
      personalKind(piece.repeat(254 / piece.length));
    personalKind('@'.repeat(5_000_000));
    expect(performance.now() - start).toBeLessThan(200);
  });
});

describe('a column', () => {
  it('looks like what at least half of its different values are', () => {
    expect(detectPersonal(['a@example.org', 'b@example.org', 'none', ''])).toEqual({
      kind: 'email',
      share: 2 / 3,
      sentence: '2 of 3 different values are e-mail addresses.',
    });
    expect(detectPersonal(['a@example.org', 'x', 'y'])).toBeNull();
    expect(detectPersonal([])).toBeNull();
  });

  it('is looked at no longer than needed', () => {
    let asked = 0;
    const texts = function* (text: string): Generator<string> {
      for (;;) {
        asked++;
        yield text;
      }
    };
    expect(detectPersonal(texts('plain text'))).toBeNull();
    expect(asked).toBe(20);
    expect(detectPersonal(texts('10.0.0.1'))).toMatchObject({ kind: 'ip', share: 1 });
    expect(asked).toBe(220);
  });

  it('is told with its profile, whole values even where examples are cut', () => {
    const counter = createProfileCounter();
    for (const text of ['DE89370400440532013000', 'GB82WEST12345698765432'])
      counter.add(text.length, () => text);
    expect(counter.profile('', 'values').looksLike).toMatchObject({ kind: 'iban', share: 1 });
    const plain = createProfileCounter();
    plain.add(5, () => 'plain');
    expect('looksLike' in plain.profile('', 'values')).toBe(false);
  });
});
