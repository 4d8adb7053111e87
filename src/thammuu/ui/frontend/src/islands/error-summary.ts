/** `<error-summary>`: takes the focus, so that a refused form begins with what is wrong. */

export class ErrorSummary extends HTMLElement {
  connectedCallback(): void {
    if (document.querySelectorAll("error-summary").length === 1 && !this.hasAttribute("data-quiet")) {
      this.querySelector<HTMLElement>(".error-summary")?.focus({ preventScroll: false });
    }
  }
}
