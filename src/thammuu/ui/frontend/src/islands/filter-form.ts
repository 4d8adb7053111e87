/** `<filter-form>` around a GET form: choices apply at once, empty fields stay out of the address, `/` leads to the words. */

export class FilterForm extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form) return;
    form.addEventListener("change", (event) => {
      if (event.target instanceof HTMLSelectElement || (event.target instanceof HTMLInputElement && /checkbox|radio|date/.test(event.target.type))) form.requestSubmit();
    });
    form.addEventListener("formdata", ({ formData }) => {
      for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
    });
  }
}
