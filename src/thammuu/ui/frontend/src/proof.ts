/** The arithmetic of a proof (RFC 6962, C2SP signed-note), with what the browser brings: SHA-256 and, in newer ones, Ed25519. */

export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

/** Return the bytes of hexadecimal digits. */
export function fromHex(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Return bytes as hexadecimal digits. */
export function toHex(bytes: Bytes): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Return the bytes of a base64 text. */
export function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** Return the SHA-256 of the parts, one behind the other. */
export async function digest(...parts: Bytes[]): Promise<Bytes> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
}

/** Return the digest that an entry carries of its body. */
export async function bodyDigest(salt: string, body: string): Promise<string> {
  return toHex(await digest(fromHex(salt), encoder.encode(body)));
}

/** Return the hash of a leaf. */
export async function leafHash(leaf: string): Promise<Bytes> {
  return digest(Uint8Array.of(0), encoder.encode(leaf));
}

/** Return the root that the path leads to from leaf `index` of `size`, null if no path of that length is one of it. */
export async function rootFrom(leaf: Bytes, index: number, size: number, path: Bytes[]): Promise<Bytes | null> {
  if (index < 0 || index >= size) return null;
  let [here, last, root] = [index, size - 1, leaf];
  for (const step of path) {
    // A last node without a neighbour goes up as it is.
    while (last > 0 && here === last && here % 2 === 0) [here, last] = [here / 2, last / 2];
    if (last === 0) return null;
    root = here % 2 ? await digest(Uint8Array.of(1), step, root) : await digest(Uint8Array.of(1), root, step);
    [here, last] = [Math.floor(here / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : null;
}

export interface Checkpoint {
  origin: string;
  size: number;
  root: Bytes;
  text: string;
  signature: Bytes;
}

/** Return what a checkpoint's note says; it throws what is malformed. */
export function readNote(note: string): Checkpoint {
  const blank = note.lastIndexOf("\n\n");
  const text = note.slice(0, blank + 1);
  const [origin = "", size = "", root = ""] = text.split("\n");
  const line = note.slice(blank + 2).trimEnd();
  return { origin, size: Number(size), root: fromBase64(root), text, signature: fromBase64(line.slice(line.lastIndexOf(" ") + 1)) };
}

/** Say whether the key of this verifier ("name+hash+key") has signed; null if the browser has no Ed25519. */
export async function isSigned(note: Checkpoint, verifier: string): Promise<boolean | null> {
  const [name = "", , ...rest] = verifier.split("+");
  const raw = fromBase64(rest.join("+"));
  const id = (await digest(encoder.encode(`${name}\n`), raw)).slice(0, 4);
  if (name !== note.origin || toHex(id) !== toHex(note.signature.slice(0, 4))) return false;
  try {
    const key = await crypto.subtle.importKey("raw", raw.slice(1), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, note.signature.slice(4), encoder.encode(note.text));
  } catch {
    return null;
  }
}
