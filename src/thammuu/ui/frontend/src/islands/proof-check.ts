/**
 * `<proof-check>` around a `textarea[data-leaf]`, places `[data-check="body|leaf|path|signature"]` and templates
 * `[data-word="right|wrong|open"]`: the button computes the proof anew, from what stands in the field and in
 * `#proof-data` alone. What each step gave is shown beside the verdict.
 */

import { bodyDigest, isSigned, leafHash, fromHex, readNote, rootFrom, toHex } from "../proof.ts";

interface ProofData {
  position: number;
  salt: string;
  body: string;
  path: string[];
  note: string;
  verifier: string;
}

export class ProofCheck extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector<HTMLButtonElement>("button");
    const field = this.querySelector<HTMLTextAreaElement>("[data-leaf]");
    const block = this.querySelector("#proof-data");
    if (!button || !field || !block?.textContent) return;
    const data = JSON.parse(block.textContent) as ProofData;
    button.hidden = false;
    button.addEventListener("click", () => void this.check(data, field.value));
    field.addEventListener("input", () => this.clear());
  }

  private async check(data: ProofData, leaf: string): Promise<void> {
    this.clear();
    if (!globalThis.crypto?.subtle) {
      // Only over HTTPS or on the machine itself do browsers hand out their SHA-256.
      for (const name of ["body", "leaf", "path", "signature"]) this.show(name, null, "");
      return;
    }
    const note = readNote(data.note);
    const said = await bodyDigest(data.salt, data.body);
    this.show("body", data.salt ? said === digestIn(leaf) : null, said);
    const hash = await leafHash(leaf);
    const root = await rootFrom(hash, data.position - 1, note.size, data.path.map(fromHex));
    const leads = root !== null && toHex(root) === toHex(note.root);
    this.show("leaf", leads, toHex(hash));
    this.show("path", leads, root ? toHex(root) : "");
    this.show("signature", data.verifier ? await isSigned(note, data.verifier) : null, "");
  }

  private clear(): void {
    for (const place of this.querySelectorAll("[data-check]")) place.replaceChildren();
  }

  private show(name: string, verdict: boolean | null, computed: string): void {
    const word = verdict === null ? "open" : verdict ? "right" : "wrong";
    const template = this.querySelector<HTMLTemplateElement>(`template[data-word=${word}]`);
    const place = this.querySelector(`[data-check=${name}]`);
    if (!template || !place) return;
    const code = document.createElement("code");
    code.className = "wrap";
    code.textContent = computed;
    place.replaceChildren(template.content.cloneNode(true), " ", code);
  }
}

function digestIn(leaf: string): string {
  try {
    return String((JSON.parse(leaf) as { body_digest?: unknown }).body_digest);
  } catch {
    return "";
  }
}
