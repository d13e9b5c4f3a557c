// Words of the command palette, the list of keys, and saving as a template.
export const paletteWords = {
  title: 'Search or run a command',
  placeholder: 'A command, source, format, option or template',
  found: 'Found',
  none: 'Nothing is called that.',
  commands: 'Commands',
  sources: 'Sources',
  templates: 'Templates',
  formats: 'Formats and presets',
  options: 'Options of the format',
  samples: 'Samples',
} as const;

export const saveTemplateWords = {
  title: 'Save as template',
  name: 'Name',
  says: 'A template holds the plan, never the data; a name that is taken gets a number.',
  save: 'Save',
} as const;

export const keyWords = {
  title: 'All keys',
  does: 'Does',
  key: 'Key',
  letters: 'Keys that are one character',
  lettersHelp: 'They work while no field has focus. Off keeps them from being pressed unawares.',
  elsewhere: [
    ['Close what floats, then the step', ['Escape']],
    ['Column in the list: lift, move, drop', ['Space', '↑', '↓']],
  ] as [string, string[]][],
} as const;
