// The English words of the rows source.
export const ROWS_CARD = {
  title: 'Rows of the host',
  purpose: 'Records that the page or program around the export hands over as they are.',
};
