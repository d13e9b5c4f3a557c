// Light or dark: as the system has it until someone switches; the choice is kept on this machine.
const KEY = 'export-studio.theme';

/** Brings back the choice of an earlier visit. */
export function restoreTheme(): void {
  const theme = readChoice();
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
}

export function switchTheme(): void {
  const isDark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  const theme = isDark ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Without storage the choice lasts until the page is left.
  }
}

function readChoice(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
