// Light or dark: as the page around it or the system has it until someone switches; the choice is kept on this machine.
import { useState, type RefObject } from 'react';

export type Theme = 'light' | 'dark';

const KEY = 'export-studio.theme';

/** The theme chosen here, null while nobody has, and the way to the other one. */
export function useTheme(root: RefObject<HTMLElement | null>): [Theme | null, () => void] {
  const [theme, setTheme] = useState(readChoice);
  const switchTheme = () => {
    const shown = theme ?? shownTheme(root.current);
    const next = shown === 'dark' ? 'light' : 'dark';
    setTheme(next);
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // Without storage the choice lasts until the page is left.
    }
  };
  return [theme, switchTheme];
}

function shownTheme(root: HTMLElement | null): Theme {
  const given = root?.parentElement?.closest<HTMLElement>('[data-theme]')?.dataset.theme;
  if (given === 'light' || given === 'dark') return given;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

function readChoice(): Theme | null {
  try {
    const choice = localStorage.getItem(KEY);
    return choice === 'light' || choice === 'dark' ? choice : null;
  } catch {
    return null;
  }
}
