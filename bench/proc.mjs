// What Linux tells in /proc of processes: processor time and memory.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

/** The kernel counts processor time in hundredths of a second. */
const TICKS = 100;

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process has ended meanwhile.
    return '';
  }
}

/** All that this process has started, and what those have: the browser's whole tree. */
function descendants() {
  const children = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = read(`/proc/${pid}/stat`);
    // The name before it may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const parent = Number(fields[1]);
    const ticks = Number(fields[11]) + Number(fields[12]);
    children.set(parent, [...(children.get(parent) ?? []), { pid: Number(pid), ticks }]);
  }
  const found = [];
  const walk = (parent) => {
    for (const child of children.get(parent) ?? []) {
      found.push(child);
      walk(child.pid);
    }
  };
  walk(process.pid);
  return found;
}

/** Processor seconds of all that this process has started and that still runs. */
export const processorSeconds = () => descendants().reduce((sum, { ticks }) => sum + ticks, 0) / TICKS;

/** Processor seconds of the whole machine: all, and those in which something ran. */
export function machineSeconds() {
  const [user, nice, system, idle, wait, hard, soft, stolen] = read('/proc/stat').split('\n')[0].split(/\s+/).slice(1).map(Number);
  const busy = user + nice + system + hard + soft;
  return { busy: busy / TICKS, all: (busy + idle + wait + stolen) / TICKS };
}

const kilobytes = (pid, name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(read(`/proc/${pid}/status`))?.[1] ?? 0);

/** Starts to watch the memory of the browser's tabs; the function that it returns tells by how many megabytes one grew. */
export function watchTabs() {
  const tabs = descendants()
    .filter(({ pid }) => /--type=renderer|-contentproc.* tab\0$/s.test(read(`/proc/${pid}/cmdline`)))
    .map(({ pid }) => {
      // The kernel keeps the most there was; this makes it begin anew.
      writeFileSync(`/proc/${pid}/clear_refs`, '5');
      return { pid, before: kilobytes(pid, 'VmRSS') };
    });
  return () => Math.max(0, ...tabs.map(({ pid, before }) => kilobytes(pid, 'VmHWM') - before)) * 1024 / 1e6;
}
