// Starts the page and hands out its workers. Runs after wasm-bindgen's glue.
(() => {
  'use strict';

  // Written by tools/finish.mjs: where the parts are (hosted), or the program
  // itself (one file), so that page and worker are always of one build.
  const { form, version, sealed, wasm, glue } = JSON.parse(document.getElementById('parts').textContent);

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
  // error event.
  const bootstrap = `
;onmessage = ({ data }) => {
  onmessage = null;
  wasm_bindgen.initSync({ module: data });
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

  // Once everything is here, the page gives up its last address: its own host.
  // A policy added later only ever takes away, and workers inherit this one too.
  const seal = () => {
    const meta = document.createElement('meta');
    meta.httpEquiv = 'Content-Security-Policy';
    const url = source !== null && URL.canParse(source, location.href) && new URL(source, location.href);
    // Of an endpoint one address stays, to which a person may post a report request.
    const open = url && url.origin === location.origin;
    const path = open && `${url.origin}${url.pathname.replace(/[;,]/g, encodeURIComponent)}/report-requests`;
    meta.content = open ? `${sealed}; connect-src ${path}` : sealed;
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
  });

  // With ?source= the page asks its own host for that data, once, so it keeps
  // that address until it has the answer. Workers, which read data, wait.
  let answered;
  const source = form === 'hosted' ? new URLSearchParams(location.search).get('source') : null;
  const asks = source !== null;
  const answer = asks ? new Promise((resolve) => (answered = resolve)) : undefined;

  // In the ordinary case nothing is put in between.
  const ready = started.then(workerParts);
  const sealing = (asks ? ready.then(() => answer) : ready).then(seal);

  window.mailflow = {
    form,
    version,
    /** Resolves once the page has no way left to any server. */
    sealed: sealing,
    /** The page has its answer, or will have none. */
    answered: () => answered?.(),
    /** A new import worker, which has been sent its module. */
    async startWorker() {
      const { url, module } = await workerParts();
      if (asks) await sealing;
      const worker = new Worker(url);
      worker.postMessage(module);
      return worker;
    },
  };
})();
