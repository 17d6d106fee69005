// Starts the page and hands out its workers. Runs after wasm-bindgen's glue.
(() => {
  'use strict';

  // Written by tools/finish.mjs: where the parts are (hosted), or the program
  // itself (one file), so that page and worker are always of one build.
  const { form, version, endpoint = '', sealed, wasm, glue } = JSON.parse(document.getElementById('parts').textContent);

  // Of the hosted form: see public/offline.js.
  const kept = form === 'hosted' ? offline : undefined;

  const fetched = async (url) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
    return response;
  };

  const inflated = (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')));
  };

  const compile = async () => {
    const response = await (form === 'hosted' ? fetched : inflated)(wasm);
    // Streaming compilation refuses any other type, and not every host knows this one.
    return response.headers.get('content-type') === 'application/wasm'
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer());
  };

  // Instantiating at once, in the first message, leaves no moment in which a
  // second message could be lost, and lets a failure surface as the worker's
  // error event. Later on an error has stopped the program for good: the worker then says whether its memory could still have
  // doubled, which is what tables ask for that grow. Nothing else tells a lack of memory from a fault.
  const bootstrap = `
;onmessage = ({ data }) => {
  onmessage = null;
  const { memory } = wasm_bindgen.initSync({ module: data });
  onerror = () => {
    let isFull = false;
    try {
      memory.grow(memory.buffer.byteLength / 65536);
    } catch {
      isFull = true;
    }
    postMessage(isFull);
    return true;
  };
};`;

  // The same program, compiled once for the page and all of its workers.
  let compiled;

  let loading;
  const workerParts = () => {
    loading ??= (async () => {
      const text = form === 'hosted' ? await (await fetched(glue)).text() : document.getElementById('glue').textContent;
      // A worker from a blob: URL inherits this document's policy; one from
      // its own URL would not. Classic, because from disk Chromium starts no
      // module worker.
      const url = URL.createObjectURL(new Blob([text, bootstrap], { type: 'text/javascript' }));
      return { url, module: await compiled };
    })();
    // The network may be back at the next attempt.
    loading.catch(() => (loading = undefined));
    return loading;
  };

  // Once everything is here, the page gives up its host, but for an endpoint that the address names.
  // A policy added later only ever takes away, and workers inherit this one too.
  let isSealed = false;
  const seal = () => {
    if (isSealed) return;
    isSealed = true;
    kept?.keep();
    const meta = document.createElement('meta');
    meta.httpEquiv = 'Content-Security-Policy';
    const url = source?.trim() && URL.canParse(source, location.href) && new URL(source, location.href);
    const path = url && `${url.origin}${url.pathname}`;
    // Of an endpoint two addresses stay: its own, and that to which a person may post a report request. One that ends in a
    // slash would stand for all that is below it.
    const open = path && (url.origin === location.origin || path === endpoint) && !path.endsWith('/');
    const allowed = open && path.replace(/[;,]/g, encodeURIComponent);
    // The browser asks for the manifest whenever it likes.
    const manifest = document.querySelector('link[rel=manifest]')?.href.replace(/[;,]/g, encodeURIComponent);
    meta.content = [
      sealed,
      ...(manifest ? [`manifest-src ${manifest}`] : []),
      ...(open ? [`connect-src ${allowed} ${allowed}/report-requests`] : []),
    ].join('; ');
    document.head.append(meta);
  };

  // The policy does not cover WebRTC (Chromium has no directive for it), which
  // could reach any address. The page has no use for it, so it goes without.
  delete window.RTCPeerConnection;
  delete window.webkitRTCPeerConnection;

  const start = async () => {
    compiled = compile();
    await wasm_bindgen({ module_or_path: await compiled });
    document.getElementById('not-started').remove();
  };

  const started = start();
  started.catch((error) => {
    const message = document.getElementById('not-started');
    message.classList.add('failed');
    message.querySelector('pre').textContent = String(error);
    // Where that fails too, what is said stays.
    kept?.rescue().catch(() => {});
  });

  const source = form === 'hosted' ? new URLSearchParams(location.search).get('source') : null;
  const sealing = started.then(workerParts).then(seal);

  window.mailflow = {
    form,
    version,
    /** The address of another origin that the page was built with, or nothing. */
    endpoint,
    /** Resolves once the page has no way left to any server but its endpoint. */
    sealed: sealing,
    /** Of the hosted form. */
    offline: kept,
    /** A new import worker, which has been sent its module. */
    async startWorker() {
      const { url, module } = await workerParts();
      // A worker has the policy of the moment in which it is made.
      seal();
      const worker = new Worker(url);
      worker.postMessage(module);
      return worker;
    },
  };
})();
