// Tells whether a text begins like a script of SQL.

const WORDS =
  /^(?:insert\s+(?:ignore\s+|all\s+|or\s+\w+\s+|overwrite\s+)?(?:into|\[|all\b|"|`)|replace\s+into\s|merge\s+(?:into\s|\[|"|`|\w+\s)[^,;]*\busing\b|copy\s+\S[^,;]*\sfrom\s+stdin\b|update\s+\S+\s+set\s+\S+\s*=|(?:create|alter|drop)\s+(?:or\s+replace\s+)?(?:(?:global|local|temporary|temp|unlogged|external|unique)\s+)*(?:table|database|schema|view|index|sequence|type|extension|function|procedure|trigger|role|user)\s|set\s+(?:names\s|nocount\s|define\s|session\s|client_encoding\b|statement_timeout\b|@|sql_mode\b|foreign_key_checks\b|xact_abort\s|ansi_nulls\s|quoted_identifier\s|identity_insert\s)|pragma\s+\w+\s*[=;(]|begin(?:\s+transaction|\s+work)?\s*;|start\s+transaction\b|use\s+(?:[[`"][^\]`"\n]+[\]`"]\s*(?:;|\r?\n)|\w+\s*;\s*(?:\n|$))|delete\s+from\s+\S+|truncate\s+table\s|lock\s+tables\s)/i;

const LEAD =
  /^(?:\s+|--[^\n]*(?:\n|$)|#[^\n]*(?:\n|$)|\/\*[\s\S]*?(?:\*\/;?|$)|\\(?:restrict|connect|c|set|encoding)\b[^\n]*(?:\n|$)|(?:rem|remark|prompt)\b[^\n,;]*(?:\n|$)|;)/i;

/** Bytes looked at behind comments. */
const LOOKED_AT = 4096;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Whether what stands first behind comments and blanks is a statement of SQL. */
export function hasStatements(head: Uint8Array): boolean {
  if (head.subarray(0, LOOKED_AT).includes(0)) return false;
  let text = decoder.decode(head.subarray(0, 32 * 1024));
  let isMySql = false;
  for (;;) {
    const lead = LEAD.exec(text);
    if (lead === null) break;
    isMySql ||= /^\/\*M?!\d/.test(lead[0]);
    text = text.slice(lead[0].length);
  }
  return WORDS.test(text.slice(0, LOOKED_AT)) || (isMySql && text === '');
}
