// Text inside the parts of a workbook: escaped for XML, with the characters that XML lacks as each kind of text holds them.

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** What no XML document holds, and lone halves of characters. */
const ILLEGAL =
  // oxlint-disable-next-line no-control-regex -- these are the characters that have to go
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const MARKUP = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ['\t', '&#9;'],
  ['\n', '&#10;'],
  ['\r', '&#13;'],
]);

/** For an attribute or an element; characters that XML lacks must be gone. */
function escapeMarkup(text: string): string {
  return text.replaceAll(/[&<>"\t\n\r]/g, (c) => MARKUP.get(c)!);
}

/** Text that readers show as it stands (titles of charts): what XML lacks is left out. */
export function drawnText(text: string): string {
  return escapeMarkup(text.replaceAll(ILLEGAL, ''));
}

/** The standard's own strings (`ST_Xstring`), in elements and attributes: what XML lacks is written `_x0001_`. */
export function cachedText(text: string): string {
  return escapeMarkup(
    text
      .replaceAll(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_')
      .replaceAll(
        ILLEGAL,
        (c) => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
      ),
  );
}
