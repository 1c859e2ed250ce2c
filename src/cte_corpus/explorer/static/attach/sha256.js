// SHA-256 (FIPS 180-4) without waiting: the browser's own answers only later, and thousands of sentences are tried.
"use strict";
var CTE = CTE || {};

CTE.sha256 = (() => {
  const ROUNDS = 64;
  const encoder = new TextEncoder();
  const constants = new Uint32Array(ROUNDS);
  const initial = new Uint32Array(8);
  const words = new Uint32Array(ROUNDS);
  const state = new Uint32Array(8);
  let buffer = new Uint8Array(8192);

  /**
   * The first 32 bits of the fraction of a number.
   * @param {number} root
   */
  const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) >>> 0;

  for (let prime = 2, count = 0; count < ROUNDS; prime++) {
    let divisor = 2;
    while (divisor * divisor <= prime && prime % divisor) divisor++;
    if (divisor * divisor <= prime) continue;
    if (count < 8) initial[count] = fraction(Math.sqrt(prime));
    constants[count++] = fraction(Math.cbrt(prime));
  }

  /**
   * @param {number} word
   * @param {number} by
   */
  const turn = (word, by) => (word >>> by) | (word << (32 - by));

  /**
   * @param {DataView} data
   * @param {number} at
   */
  function block(data, at) {
    for (let n = 0; n < 16; n++) words[n] = data.getUint32(at + 4 * n);
    for (let n = 16; n < ROUNDS; n++) {
      const low = words[n - 15];
      const high = words[n - 2];
      const one = turn(low, 7) ^ turn(low, 18) ^ (low >>> 3);
      const two = turn(high, 17) ^ turn(high, 19) ^ (high >>> 10);
      words[n] = words[n - 16] + one + words[n - 7] + two;
    }
    let [a, b, c, d] = [state[0], state[1], state[2], state[3]];
    let [e, f, g, h] = [state[4], state[5], state[6], state[7]];
    for (let n = 0; n < ROUNDS; n++) {
      const choice = (e & f) ^ (~e & g);
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + constants[n] + words[n]) | 0;
      const most = (a & b) ^ (a & c) ^ (b & c);
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + most) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + one) | 0;
      d = c;
      c = b;
      b = a;
      a = (one + two) | 0;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
  }

  /**
   * SHA-256 of a text in UTF-8: 64 hex digits, or 8 for each of the first words.
   * @param {string} text
   * @param {number} [size] in words of 32 bits
   */
  function sha256(text, size = 8) {
    if (3 * text.length + 72 > buffer.length) buffer = new Uint8Array(6 * text.length + 72);
    const { written } = encoder.encodeInto(text, buffer);
    const end = ((written + 72) >> 6) << 6;
    buffer.fill(0, written, end);
    buffer[written] = 0x80;
    const data = new DataView(buffer.buffer);
    data.setUint32(end - 8, Math.floor(written / 2 ** 29));
    data.setUint32(end - 4, written << 3);
    state.set(initial);
    for (let at = 0; at < end; at += 64) block(data, at);
    let hex = "";
    for (let n = 0; n < size; n++) hex += state[n].toString(16).padStart(8, "0");
    return hex;
  }

  return sha256;
})();
