/** `<error-summary>`: takes the focus, so that a refused form begins with what is wrong. */

export class ErrorSummary extends HTMLElement {
  connectedCallback(): void {
    if (!this.closest("[data-specimen]")) {
      this.querySelector<HTMLElement>(".error-summary")?.focus({ preventScroll: false });
    }
  }
}
