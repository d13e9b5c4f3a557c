// Tells texts that a spreadsheet would run as a formula when it opens a CSV file.

/** `=`, `+`, `-`, `@`, their full-width forms, a tab, a line end or NUL at the start; a signed number is none. */
export function isFormula(text: string): boolean {
  if (/^[+-](\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return false;
  // oxlint-disable-next-line no-control-regex -- NUL is on OWASP's list
  return /^[=@\t\r\n\u0000＝＋－＠]/.test(text) || /^[+-]./s.test(text);
}
