// A mail draft as an address that the browser hands to the mail program (mailto:, RFC 6068).

const ADDRESS = /^[^\s@,;:<>()[\]\\"]+@[^\s@,;:<>()[\]\\"]+$/;

/** The addresses of a list with commas between them; null where one of them is none. */
export function addressesOf(text: string): string[] | null {
  const addresses = text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  return addresses.every((each) => ADDRESS.test(each)) ? addresses : null;
}

/** Encoded so that nothing of it can begin another field or address. */
function encoded(text: string): string {
  // Lone surrogates, which names may have, cannot be encoded.
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
}

export interface Draft {
  to: string;
  subject: string;
  text: string;
}

/** Subjects are one line; lines of the text end as mail has them. */
export function mailLink({ to, subject, text }: Draft): string {
  const addresses = (addressesOf(to) ?? []).map((each) => encoded(each).replace('%40', '@'));
  const oneLine = subject.replace(/\s+/g, ' ').trim();
  const fields = [
    oneLine === '' ? '' : `subject=${encoded(oneLine)}`,
    text === '' ? '' : `body=${encoded(text.replace(/\r\n?|\n/g, '\r\n'))}`,
  ].filter((field) => field !== '');
  return `mailto:${addresses.join(',')}${fields.length === 0 ? '' : `?${fields.join('&')}`}`;
}
