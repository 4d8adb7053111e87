/** `<file-field data-limit-mb data-accept>` around a `.file-drop` with its file input: preview, size and kind checked before sending. */

import { icon, make, word } from "../page.ts";

const MB = 1024 * 1024;

export class FileField extends HTMLElement {
  private readonly previews = make("div", { class: "previews" });
  private readonly faults = make("div", { role: "alert" });

  connectedCallback(): void {
    const input = this.input;
    const drop = this.querySelector<HTMLElement>(".file-drop");
    if (!input || !drop) return;
    if (this.dataset["accept"]) input.accept = this.dataset["accept"];
    input.before(this.pick(input));
    drop.append(this.previews);
    drop.before(this.faults);
    input.addEventListener("change", () => this.take([...(input.files ?? [])]));
    input.form?.addEventListener("cleared", () => this.take([]));
    drop.addEventListener("dragover", (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      this.take([...(input.multiple ? (input.files ?? []) : []), ...(event.dataTransfer?.files ?? [])]);
    });
  }

  private get input(): HTMLInputElement | null {
    return this.querySelector("input[type=file]");
  }

  /** A button in the page's language, with the browser's own field unseen on top of it: it is still what is pressed. */
  private pick(input: HTMLInputElement): HTMLElement {
    const face = make("span", { class: "button", "aria-hidden": "true" }, icon("paperclip"), word(input.multiple ? "files_choose" : "file_choose"));
    const pick = make("span", { class: "file-pick" }, face);
    queueMicrotask(() => pick.append(input));
    return pick;
  }

  /** Keep the files that can be taken, and say why the others cannot. */
  private take(files: File[]): void {
    const input = this.input;
    if (!input) return;
    const faults: string[] = [];
    const good = files.filter((file) => {
      const fault = this.fault(file);
      if (fault) faults.push(fault);
      return !fault;
    });
    const chosen = new DataTransfer();
    for (const file of input.multiple ? good : good.slice(-1)) chosen.items.add(file);
    input.files = chosen.files;
    this.faults.replaceChildren(...faults.map((fault) => make("p", { class: "fault" }, icon("circle-alert"), fault)));
    this.draw([...chosen.files]);
  }

  private fault(file: File): string {
    const limit = Number(this.dataset["limitMb"] ?? 0);
    if (limit && file.size > limit * MB) return word("file_too_big", { name: file.name, size: Math.ceil(file.size / MB), limit });
    const kinds = (this.dataset["accept"] ?? "").split(",").map((kind) => kind.trim()).filter(Boolean);
    const fits = kinds.some((kind) => kind === file.type || (kind.endsWith("/*") && file.type.startsWith(kind.slice(0, -1))) || file.name.toLowerCase().endsWith(kind));
    return kinds.length && !fits ? word("file_kind", { name: file.name }) : "";
  }

  private draw(files: File[]): void {
    for (const image of this.previews.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    this.previews.replaceChildren(...files.map((file, index) => this.preview(file, () => this.take(files.filter((_, other) => other !== index)))));
  }

  private preview(file: File, remove: () => void): HTMLElement {
    const button = make("button", { type: "button", class: "icon-button", "aria-label": word("file_remove", { name: file.name }) }, icon("x"));
    button.addEventListener("click", remove);
    const box = make("div", { class: "preview" });
    if (/^image\/(jpeg|png|webp|gif)$/.test(file.type)) box.append(make("img", { src: URL.createObjectURL(file), alt: "" }));
    box.append(make("span", { title: file.name }, file.name), make("span", {}, sizeOf(file)), button);
    return box;
  }
}

function sizeOf(file: File): string {
  return file.size < MB / 10 ? `${Math.ceil(file.size / 1024)} kB` : `${(file.size / MB).toFixed(1)} MB`;
}
