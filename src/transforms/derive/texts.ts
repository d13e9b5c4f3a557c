// Words of the derive step.
export const texts = {
  title: 'Computed columns',
  purpose: 'Adds columns that are computed from others.',
  'columns.title': 'Columns',
  'columns.help':
    "Each with a name and an expression, for example: round(price * 1.19, 2) or upper(trim(name)). A column may use those before it, stand before or after another (before, after), or take one's place (replace: its name, or true for the column of the same name).",
  'onError.title': 'Values that cannot be computed',
  'onError.help':
    'What happens to a row whose value overflows, is divided by zero or does not fit its cast; always counted.',
  'onError.reject': 'Leave the row out',
  'onError.null': 'Leave the value empty (null)',
  'onError.fail': 'Stop the export',
} as const;
