// Logs read as one would write it by hand: a worker, a stream of text, regular expressions.
import { peer } from './peer.js';

const worker = new Worker('js-lines-worker.js');

peer(
  (files) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(files[0]);
    }),
);
