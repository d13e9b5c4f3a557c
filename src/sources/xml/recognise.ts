// Tells from first bytes whether they are XML.

const SPACES = new Set([32, 9, 10, 13]);

const latin1 = new TextDecoder('latin1');

/** 2 for an XML declaration or a start tag of XML, 1 for what is rather HTML. */
export function looksLikeXml(head: Uint8Array): 0 | 1 | 2 {
  let i = 0;
  while (SPACES.has(head[i]!)) i++;
  if (head[i] !== 60) return 0;
  const text = latin1.decode(head.subarray(i, i + 4096));
  if (/^<\?xml[ \t\r\n]/.test(text)) return 2;
  if (/^<!doctype\s+html/i.test(text)) return 1;
  const body = text.replace(/^(?:<!--[^]*?-->\s*|<\?[^]*?\?>\s*|<!DOCTYPE[^>[]*>\s*)*/, '');
  if (/^<html[\s>]/i.test(body)) return 1;
  if (/^<!(?:--|DOCTYPE)|^<\?/.test(body)) return 2;
  return /^<[A-Za-z_:\u0080-\u00ff][^<>"'\s/]*(?:\s[^<]*)?\/?>/.test(body) ? 2 : 0;
}
