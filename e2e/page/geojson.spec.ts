// A table of places becomes a map's file: the structure is chosen in the options, and the file is called by its own extension.
import { readFile } from 'node:fs/promises';
import { expect, test } from '../harness.ts';
import { exportButton, openFile, step, stubFilePicker } from './studio.ts';

const PLACES = [
  'name,lat,lon',
  'Lima,-12.050,-77.03',
  'São Paulo,-23.55,-46.63',
  'nowhere,,',
  '',
].join('\n');

test('columns of degrees are exported as GeoJSON', async ({ page }) => {
  await stubFilePicker(page);
  await page.goto('./');
  await openFile(page, 'places.csv', PLACES);
  await step(page, 'Format').click();
  await page.getByRole('radio', { name: /^JSON/ }).check();
  await step(page, 'Options').click();
  await page.getByLabel('Structure').selectOption('GeoJSON features, for maps');
  await step(page, 'Delivery').click();
  await page.getByRole('radiogroup', { name: 'Where to' }).getByText('Download').click();
  await expect(step(page, 'Delivery')).toContainText('places.geojson into Downloads');
  const downloaded = page.waitForEvent('download');
  await exportButton(page).click();
  const download = await downloaded;
  expect(download.suggestedFilename()).toBe('places.geojson');
  const lines = (await readFile(await download.path(), 'utf8')).split('\n');
  expect(lines[1]).toBe(
    '{"type":"Feature","geometry":{"type":"Point","coordinates":[-77.03,-12.050]},"properties":{"name":"Lima"}},',
  );
  expect(JSON.parse(lines.join(''))).toMatchObject({
    type: 'FeatureCollection',
    features: [{}, {}, { geometry: null, properties: { name: 'nowhere' } }],
  });
});
