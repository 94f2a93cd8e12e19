/** A window too narrow for list and detail side by side. */
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';

test.use({ viewport: { width: 1024, height: 700 } });

test('the detail lies over the list once an event is chosen, and Escape or a press puts it away and back', async ({
  app,
}) => {
  const window = await app.open(sharedArchives().synthetic);
  const detail = window.page.getByRole('region', { name: 'Detail', exact: true });
  const list = window.page.getByRole('region', { name: 'Events', exact: true });
  const listBefore = await list.boundingBox();
  await expect(detail).toHaveCount(0);

  await window.events.row(2).click();
  await window.idle();
  await expect(detail).toBeVisible();
  expect(await list.boundingBox(), 'the list keeps its width').toEqual(listBefore);
  await expect(window.status).toBeInViewport({ ratio: 1 });

  await window.page.keyboard.press('Escape');
  await expect(detail).toHaveCount(0);
  await window.page.keyboard.press('ArrowDown');
  await window.idle();
  await expect(detail, 'the list can be read on by keys').toHaveCount(0);
  await window.events.row(1).click();
  await expect(detail).toBeVisible();
});

test('a wider window has them side by side', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.page.setViewportSize({ width: 1280, height: 700 });
  const detail = window.page.getByRole('region', { name: 'Detail', exact: true });
  await expect(detail).toBeVisible();
  const list = await window.page.getByRole('region', { name: 'Events', exact: true }).boundingBox();
  const side = await detail.boundingBox();
  expect((list?.x ?? 0) + (list?.width ?? 0)).toBeLessThanOrEqual(side?.x ?? 0);
});

test.describe('a window of 1,440 px that is made narrower', () => {
  test.use({ viewport: { width: 1440, height: 900 } });

  test('keeps the event that is read and the order of its columns, and shows both side by side once it is wide', async ({
    app,
  }) => {
    const window = await app.open(sharedArchives().synthetic);
    const detail = window.page.getByRole('region', { name: 'Detail', exact: true });
    const list = window.page.getByRole('region', { name: 'Events', exact: true });
    const widthOfList = async (): Promise<number> => (await list.boundingBox())?.width ?? 0;
    await window.events.row(2).click();
    await window.idle();
    const [columns, read, beside] = [
      await window.events.columnNames(),
      await window.detail.sentence.innerText(),
      await widthOfList(),
    ];
    await window.page.setViewportSize({ width: 1100, height: 700 });
    await window.idle();
    await expect(window.detail.sentence).toHaveText(read, { useInnerText: true });
    expect(await window.events.columnNames()).toEqual(columns);
    await window.page.keyboard.press('Escape');
    await expect(detail).toHaveCount(0);

    await window.events.row(2).click();
    await window.page.setViewportSize({ width: 1440, height: 900 });
    await window.idle();
    await expect(window.detail.sentence).toHaveText(read, { useInnerText: true });
    expect(await widthOfList()).toBe(beside);
  });
});

test('what came of an import stands below the events, and folds with the first query', async ({ app }) => {
  const window = await app.startImporting(sharedArchives().synthetic);
  await window.imported();
  const first = await window.events.row(0).boundingBox();
  await expect(window.importStrip).toBeVisible();
  await window.search('*');
  await expect(window.importStrip).toHaveCount(0);
  expect((await window.events.row(0).boundingBox())?.y, 'no row moves').toBe(first?.y);
});
