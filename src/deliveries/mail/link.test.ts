// Links of mail drafts, read back by another parser: nothing in them can become another field or address.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressesOf, mailLink, type Draft } from './link.ts';

/** As RFC 6068 has it: the path is the addresses, the rest fields; `+` is no blank. */
function parse(link: string): { to: string[]; fields: [name: string, value: string][] } {
  const { protocol, pathname, search } = new URL(link);
  expect(protocol).toBe('mailto:');
  return {
    to: pathname.split(',').filter(Boolean).map(decodeURIComponent),
    fields: search
      .slice(1)
      .split('&')
      .filter(Boolean)
      .map((field) => {
        const at = field.indexOf('=');
        return [field.slice(0, at), decodeURIComponent(field.slice(at + 1))];
      }),
  };
}

describe('addresses', () => {
  it.each([
    ['', []],
    [' ann@example.org , bö@exämple.org', ['ann@example.org', 'bö@exämple.org']],
    ['a+b?c&d=e@example.org', ['a+b?c&d=e@example.org']],
    ['ann', null],
    ['ann@example.org?bcc=eve@example.org, @', null],
    ['ann@example.org\r\nbcc: eve@example.org', null],
    ['Ann <ann@example.org>', null],
    ['a@b@c', null],
  ])('%j is %j', (text, addresses) => {
    expect(addressesOf(text)).toEqual(addresses);
  });
});

describe('links', () => {
  it('hold addresses, subject and lines', () => {
    const draft = { to: 'ann@example.org, bob@example.org', subject: 'Orders', text: 'a & b\nc' };
    expect(mailLink(draft)).toBe(
      'mailto:ann@example.org,bob@example.org?subject=Orders&body=a%20%26%20b%0D%0Ac',
    );
    expect(mailLink({ to: '', subject: '', text: '' })).toBe('mailto:');
  });

  it('give back what was put into them, and no field more', () => {
    fc.assert(
      fc.property(
        fc.record<Draft>({
          to: fc.constantFrom('', 'a@b.c', 'a?cc=x&b=c@b.c, ü@ü.de'),
          subject: fc.string({ unit: 'binary', maxLength: 60 }),
          text: fc.string({ unit: 'binary', maxLength: 200 }),
        }),
        (draft) => {
          const { to, fields } = parse(mailLink(draft));
          expect(to).toEqual(addressesOf(draft.to));
          const whole = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd');
          const subject = whole(draft.subject).replace(/\s+/g, ' ').trim();
          const text = whole(draft.text).replace(/\r\n?|\n/g, '\r\n');
          const wanted = [
            ['subject', subject],
            ['body', text],
          ].filter(([, value]) => value !== '');
          expect(fields).toEqual(wanted);
        },
      ),
    );
  });
});
