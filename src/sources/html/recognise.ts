// Tells from first bytes whether they are HTML with a table in it.

const latin1 = new TextDecoder('latin1');

/** What may stand before the first element: white space, comments, a document type, an XML declaration. */
const BEFORE = /^(?:\s+|<!--[^]*?-->|<\?xml[^>]*>|<!doctype[^>]*>)*/i;
/** Elements that HTML begins with, of whole pages, mails and fragments. */
const FIRST = /^<(?:html|head|body|meta|title|style|link|table|div|center|font|h[1-6]|p)[\s>]/i;
/** A table that is one of HTML: something of its own stands right in it. */
const TABLE =
  /<table(?:\s[^<>]*)?>(?:\s|<!--(?:(?!-->)[^])*-->)*<(?:caption|colgroup|col|thead|tbody|tfoot|tr|th|td)[\s/>]/i;
const SIGN_IN = /<input[^>]{0,500}\stype\s*=\s*["']?password/i;

/** 2 for HTML with a table, 1 for HTML that may have one further down; a page to sign in is none with data. */
export function looksLikeHtml(head: Uint8Array): 0 | 1 | 2 {
  let from = head[0] === 0xef && head[1] === 0xbb ? 3 : 0;
  while (from < head.length && head[from]! <= 32) from++;
  if (head[from] !== 60) return 0;
  const text = latin1.decode(head.subarray(from));
  const body = text.slice(BEFORE.exec(text)![0].length);
  const isPage = /^<!doctype\s+html/im.test(text.slice(0, 1024)) || /^<html[\s>]/i.test(body);
  if (!isPage && !FIRST.test(body)) return 0;
  if (SIGN_IN.test(text)) return 0;
  if (TABLE.test(text)) return 2;
  return /<\/html\s*>/i.test(text) || !isPage ? 0 : 1;
}
