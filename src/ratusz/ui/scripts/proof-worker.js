// Finds the number with which SHA-256 of "challenge:number" begins with the wanted zero bits, away from the page.
const ROOTS = [], START = [];
for (let n = 2; ROOTS.length < 64; n += 1) {
  let isPrime = true;
  for (let divisor = 2; divisor * divisor <= n; divisor += 1) if (n % divisor === 0) { isPrime = false; break; }
  if (!isPrime) continue;
  if (START.length < 8) START.push((n ** (1 / 2) % 1) * 2 ** 32 | 0);
  ROOTS.push((n ** (1 / 3) % 1) * 2 ** 32 | 0);
}
const words = new Int32Array(64);
const turn = (x, by) => (x >>> by) | (x << (32 - by));

function compress(state, bytes, offset) {
  for (let i = 0; i < 16; i += 1) {
    const at = offset + i * 4;
    words[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  for (let i = 16; i < 64; i += 1) {
    const x = words[i - 15], y = words[i - 2];
    words[i] = words[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + words[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROOTS[i] + words[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  return [a, b, c, d, e, f, g, h].map((part, i) => (part + state[i]) | 0);
}

function find(challenge, bits) {
  const prefix = new TextEncoder().encode(`${challenge}:`);
  let known = START;
  const whole = prefix.length - (prefix.length % 64);
  for (let at = 0; at < whole; at += 64) known = compress(known, prefix, at);
  const rest = prefix.subarray(whole);
  for (let number = 0; ; number += 1) {
    const digits = String(number), length = rest.length + digits.length;
    const tail = new Uint8Array(length + 9 > 64 ? 128 : 64);
    tail.set(rest);
    for (let i = 0; i < digits.length; i += 1) tail[rest.length + i] = digits.charCodeAt(i);
    tail[length] = 0x80;
    new DataView(tail.buffer).setUint32(tail.length - 4, (whole + length) * 8);
    let state = known;
    for (let at = 0; at < tail.length; at += 64) state = compress(state, tail, at);
    if (Math.clz32(state[0]) >= bits) return digits;
  }
}

addEventListener("message", ({ data }) => postMessage(find(data.challenge, data.bits)));
