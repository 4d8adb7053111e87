/** Buttons that open dialogs and drawers (`data-opens="id"`), menus that stay beside their button, the way back. */

export function watchOpeners(): void {
  document.addEventListener("click", (event) => {
    const target = event.target;
    if (!(target instanceof Element)) return;
    const opener = target.closest<HTMLElement>("[data-opens]");
    const dialog = opener && document.getElementById(opener.dataset["opens"] ?? "");
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
    if (target instanceof HTMLDialogElement) closeFromBackdrop(target, event);
    if (target.closest("[data-back]") && history.length > 1) {
      event.preventDefault();
      history.back();
    }
  });
  document.addEventListener("toggle", placeMenu, true);
}

function closeFromBackdrop(dialog: HTMLDialogElement, { clientX, clientY }: MouseEvent): void {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  if (clientX < left || clientX > right || clientY < top || clientY > bottom) dialog.close();
}

function placeMenu(event: Event): void {
  const menu = event.target;
  if (!(menu instanceof HTMLElement) || !menu.matches(".menu:popover-open")) return;
  const buttons = [...document.querySelectorAll(`[popovertarget="${CSS.escape(menu.id)}"]`)];
  const button = buttons.find((each) => each.checkVisibility());
  if (!button) return;
  const around = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = around.bottom + 4 + height <= innerHeight;
  menu.style.setProperty("inset", "auto");
  menu.style.setProperty("top", `${Math.max(4, below ? around.bottom + 4 : around.top - height - 4)}px`);
  menu.style.setProperty("left", `${Math.max(4, Math.min(around.left, innerWidth - width - 8))}px`);
}
