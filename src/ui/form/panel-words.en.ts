// The words around a plug-in's own form.

export const panelWords = {
  asJson: 'As JSON',
  asForm: 'As a form',
  of: (words: string, title: string) => `${words}: ${title}`,
};
