// Words of the select step.
export const texts = {
  title: 'Columns',
  purpose: 'Keeps, leaves out, orders and renames columns.',
  'include.title': 'Columns to keep',
  'include.help':
    'The columns that go on, in this order; empty means all. A plain name stands for every column of that name, {"name": "x", "nth": 1} for the second one.',
  'exclude.title': 'Columns to leave out',
  'exclude.help': 'These columns are dropped. A column cannot be kept and left out at once.',
  'order.title': 'Columns that come first',
  'order.help': 'These columns move to the front, in this order; the others follow as they were.',
  'rename.title': 'New names',
  'rename.help':
    'A map from old to new names, or a list of {"column": "old", "name": "new"} where names repeat. Old names are those of the incoming columns.',
  'headers.title': 'Names in order',
  'headers.help':
    'The names of all columns that go on, in their order, whatever they were called; empty to leave them as they are.',
} as const;
