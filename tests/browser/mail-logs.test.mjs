// Logs of Unix mail servers, as a person reads them.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { generate } from '../../bench/generate.mjs';
import { address, drop, inBothForms, open, screenshot, whenDone, withBrowser } from './support.mjs';

withBrowser();

const folder = mkdtempSync(join(tmpdir(), 'mailflow-logs-'));
after(() => rmSync(folder, { recursive: true }));

const sample = (name) => `tests/samples/${name}.log`;

inBothForms('a dropped Postfix log gives the cards, and its account', async (t, form) => {
  const page = await open(t, form);
  await drop(page, sample('postfix'));
  await whenDone(page);
  await page.getByText('Inbound: 3').waitFor();
  await page.getByText('Outbound: 2').waitFor();
  await page.getByText('2 attempts to sign in were refused').waitFor();
  await page.getByRole('button', { name: /^postfix\.log/ }).click();
  await page.getByText('Year, by dates inside the log').waitFor();
  await page.getByText('Line of another program').first().waitFor();
  await screenshot(page, `postfix-${form}`);
});

test('rotations of several servers are one analysis, in any order', async (t) => {
  const page = await open(t, 'hosted');
  await drop(page, ['exim', 'sendmail', 'opensmtpd'].map(sample));
  await whenDone(page);
  await page.getByText('Inbound: 8').waitFor();
  for (const format of ['Exim log', 'Sendmail log', 'OpenSMTPD log']) {
    await page.getByText(format, { exact: true }).first().waitFor();
  }
});

test('the host on the other side is in the details of a row', async (t) => {
  const page = await open(t, 'hosted', { url: `${address('hosted')}#/connector-report?v=1&view=table` });
  await drop(page, sample('postfix'));
  await whenDone(page);
  await page.getByRole('button', { name: /From the internet without a connector/ }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('region', { name: 'Hosts on the other side' })
    .getByRole('row', { name: /^mail\.fabrikam\.example/ }).waitFor();
});

test('a pasted piece of a log is read like a file', async (t) => {
  const page = await open(t, 'hosted');
  await page.getByRole('button', { name: 'Paste text…' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill(readFileSync(sample('exim'), 'utf8'));
  await dialog.getByRole('button', { name: 'Read' }).click();
  await whenDone(page);
  await page.getByText('Exim log', { exact: true }).first().waitFor();
  await page.getByText('Inbound: 3').waitFor();
});

// Its bytes come faster than its lines are read, and still the worker listens.
test('a large log is cancelled before its end', async (t) => {
  const { files, expected } = await generate('postfix-60', { folder });
  const page = await open(t, 'hosted');
  await drop(page, files);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await whenDone(page);
  await page.getByText('Cancelled').first().waitFor();
  const row = page.getByRole('row', { name: /^postfix-60\.log/ });
  const cells = await row.getByRole('cell').allInnerTexts();
  const counts = cells.map((cell) => Number(cell.replaceAll(',', ''))).filter((count) => count > 0);
  assert.ok(counts.length > 0 && counts.every((count) => count < expected.rows), cells.join(' | '));
});
