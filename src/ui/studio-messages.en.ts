// Words of the studio as a whole, in English; those of its parts stand beside them.

export const studioMessages = {
  undo: 'Undo',

  redo: 'Redo',

  plan: 'The plan',

  panes: { title: 'Plan or preview', plan: 'Plan', preview: 'Preview' },

  steps: { format: 'Format', data: 'Data', options: 'Options', delivery: 'Delivery' },
} as const;
