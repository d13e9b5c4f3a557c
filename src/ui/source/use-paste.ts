// What is pasted anywhere but into a field: files as they are, text as a file when there is a table or JSON in it.
import { useEffect, useEffectEvent, type RefObject } from 'react';

/** `onFiles` gets what was pasted over `root`. */
export function usePaste(
  root: RefObject<HTMLElement | null>,
  onFiles: (files: File[]) => void,
): void {
  const pasted = useEffectEvent(onFiles);
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const { target, clipboardData } = event;
      if (event.defaultPrevented || clipboardData === null) return;
      if (target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]'))
        return;
      const isHere =
        target === document.body || (target instanceof Node && root.current?.contains(target));
      if (!isHere || document.querySelector('dialog:modal') !== null) return;
      const files = [...clipboardData.files];
      const text = files.length === 0 ? pastedFile(clipboardData.getData('text/plain')) : null;
      if (text !== null) files.push(text);
      if (files.length === 0) return;
      event.preventDefault();
      pasted(files);
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [root]);
}

/** Text as a file named after what it looks like; null for text that is neither table nor JSON nor XML nor lines. */
export function pastedFile(text: string): File | null {
  const extension = looksLike(text);
  return extension === null ? null : new File([text], `pasted.${extension}`);
}

/** Lines that a look is taken at. */
const LOOKED_AT = 20;

function looksLike(text: string): 'json' | 'ndjson' | 'xml' | 'csv' | 'txt' | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (/^[[{]/.test(trimmed)) {
    const lines = trimmed.split(/\r?\n/, LOOKED_AT).filter((line) => line.trim() !== '');
    if (lines.length > 1 && lines.slice(0, -1).every((line) => isJson(line))) return 'ndjson';
    if (/[\]}]$/.test(trimmed)) return 'json';
  }
  if (/^<[?!\p{L}_][^]*>$/u.test(trimmed)) return 'xml';
  const lines = trimmed.split(/\r?\n/, LOOKED_AT);
  if (lines.length === 1) return null;
  const isTable = [',', ';', '\t', '|'].some((mark) =>
    lines.every((line) => line === '' || line.includes(mark)),
  );
  return isTable ? 'csv' : 'txt';
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
