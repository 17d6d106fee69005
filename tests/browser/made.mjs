// Files that tests make: in a folder of their own, with rows of the two tables that every column can be said in.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

/** Writes files into a folder that is there until the tests end; gives their paths. */
export function writer(name) {
  const folder = mkdtempSync(join(tmpdir(), `mailflow-${name}-`));
  after(() => rmSync(folder, { recursive: true }));
  return (file, content) => {
    const path = join(folder, file);
    writeFileSync(path, content);
    return path;
  };
}

/** The heads of mail flow and of SMTP AUTH. */
export const flow = 'date,direction,connector,connector type,tls version,forced tls,message id\n';
export const auth = 'date,sender address,client ip,tls version,authentication protocol,message id\n';
let serial = 0;
/** A row of either, with an id of its own. */
export const line = (...cells) => `${[...cells, `<${(serial += 1)}@a.example>`].join(',')}\n`;
/** So many of them that say the same. */
export const lines = (count, ...cells) => Array.from({ length: count }, () => line(...cells)).join('');
