/**
 * Computes SHA-256 (FIPS 180-4) piece by piece, which the browser's own function cannot: it takes
 * the whole at once, and only on secure pages.
 * @module
 */

/** The first 32 bits of the fractional parts of roots of the first primes. */
function fractions(root, amount) {
  const found = [];
  for (let candidate = 2; found.length < amount; candidate++) {
    let isPrime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) {
      if (candidate % divisor === 0) isPrime = false;
    }
    if (isPrime) found.push((Math.pow(candidate, root) % 1) * 2 ** 32);
  }
  return found;
}

const K = new Int32Array(fractions(1 / 3, 64).map((value) => value | 0));
const INITIAL = fractions(1 / 2, 8).map((value) => value | 0);
const BLOCK = 64;

const rotate = (value, by) => (value >>> by) | (value << (32 - by));

export class Sha256 {
  constructor() {
    this.state = new Int32Array(INITIAL);
    this.words = new Int32Array(64);
    this.rest = new Uint8Array(BLOCK);
    this.filled = 0;
    this.length = 0;
  }

  /** @param {Uint8Array} bytes */
  update(bytes) {
    this.length += bytes.length;
    let at = 0;
    while (at < bytes.length) {
      if (this.filled === 0 && bytes.length - at >= BLOCK) {
        this.block(bytes, at);
        at += BLOCK;
        continue;
      }
      const taken = Math.min(BLOCK - this.filled, bytes.length - at);
      this.rest.set(bytes.subarray(at, at + taken), this.filled);
      this.filled += taken;
      at += taken;
      if (this.filled === BLOCK) {
        this.filled = 0;
        this.block(this.rest, 0);
      }
    }
  }

  block(bytes, at) {
    const w = this.words;
    for (let i = 0; i < 16; i++, at += 4) {
      w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15];
      const y = w[i - 2];
      const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
      const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = this.state;
    for (let i = 0; i < 64; i++) {
      const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => (this.state[i] = (this.state[i] + value) | 0));
  }

  /** @returns {string} the digest in hexadecimal digits; ends the computation */
  hex() {
    const bits = this.length * 8;
    const padding = new Uint8Array(((this.filled < 56 ? 56 : 120) - this.filled) + 8);
    padding[0] = 0x80;
    const view = new DataView(padding.buffer);
    view.setUint32(padding.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(padding.length - 4, bits >>> 0);
    this.update(padding);
    return [...this.state].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }
}
