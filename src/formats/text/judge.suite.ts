// A template that makes JSON is read as JSON; of any other the whole text is what there is to see.
import type { Judge } from '../judge.suite.ts';

export const textJudge: Judge = {
  exact: {
    target: 'json',
    prefix: '[\n[{@columns}]',
    row: ',\n[{*}]',
    separator: '',
    suffix: '\n]\n',
  },
  ofCell: (cell) => cell,
  ofValue: (text, json) => (/^(NaN|-?Infinity)$/.test(text) ? text : (JSON.parse(json) as unknown)),
  read(text, { row }) {
    if (row !== ',\n[{*}]') return { names: [], rows: [[text]] };
    const [names, ...rows] = JSON.parse(text) as unknown[][];
    return { names: names as string[], rows };
  },
};
