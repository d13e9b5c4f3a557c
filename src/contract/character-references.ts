// Takes references to characters (&amp;, &#228;, &nbsp without its semicolon) out of texts as HTML has it.
import { Tokenizer } from 'htmlparser2';

const COMMON = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
  ['&#13;', '\r'],
  ['&nbsp;', '\u00a0'],
]);
const RARE = /&(?!(?:amp|lt|gt|quot|#39|#13|nbsp);)[A-Za-z#]/;

/** A function that takes them out of a text without tags. */
export function createReferences(): (text: string) => string {
  let given = '';
  let out = '';
  const nothing = (): void => {};
  const tokenizer = new Tokenizer(
    {},
    {
      ontext: (start, end) => {
        out += given.slice(start, end);
      },
      ontextentity: (codePoint) => {
        out += String.fromCodePoint(codePoint);
      },
      onopentagname: nothing,
      onattribname: nothing,
      onattribdata: nothing,
      onattribentity: nothing,
      onattribend: nothing,
      onopentagend: nothing,
      onselfclosingtag: nothing,
      onclosetag: nothing,
      oncdata: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
      onend: nothing,
    },
  );
  return (text) => {
    if (!text.includes('&')) return text;
    if (!RARE.test(text))
      return text.replace(/&(?:amp|lt|gt|quot|#39|#13|nbsp);/g, (found) => COMMON.get(found)!);
    given = text;
    out = '';
    tokenizer.reset();
    tokenizer.write(text);
    tokenizer.end();
    return out;
  };
}
