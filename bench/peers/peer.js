// What the peers' pages share: files go in by the page's input, an answer comes out.

/** Answers with what `read` makes of the files that are chosen. */
export function peer(read) {
  const input = document.querySelector('input');
  input.addEventListener('change', async () => {
    try {
      window.answer = await read([...input.files]);
    } catch (error) {
      window.answer = { error: String(error?.stack ?? error) };
    }
    performance.mark('peer:finished');
  });
  performance.mark('peer:ready');
}

/** Whether a file begins with the byte order mark of UTF-16LE. */
export async function isUtf16(file) {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return first === 0xff && second === 0xfe;
}
