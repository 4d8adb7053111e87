import "./trusted.ts";

import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/navigation.css";
import "./styles/layout.css";
import "./styles/floor.css";
import "./styles/controls.css";
import "./styles/menus.css";
import "./styles/rows.css";
import "./styles/tables.css";
import "./styles/data.css";
import "./styles/thread.css";
import "./styles/proofs.css";
import "./styles/forms.css";
import "./styles/choices.css";
import "./styles/editor.css";
import "./styles/files.css";
import "./styles/overlay.css";
import "./styles/graph.css";
import "./styles/folds.css";
import "./styles/live.css";
import "./styles/specimens.css";
import "./styles/print.css";

import { CommandBar } from "./islands/command-bar.ts";
import { DraftForm, forgetSentDraft } from "./islands/draft-form.ts";
import { ErrorSummary } from "./islands/error-summary.ts";
import { FileField } from "./islands/file-field.ts";
import { FilterForm } from "./islands/filter-form.ts";
import { IdleLock } from "./islands/idle-lock.ts";
import { LiveList } from "./islands/live-list.ts";
import { LiveParts } from "./islands/live-parts.ts";
import { LiveSign } from "./islands/live-sign.ts";
import { watchOpeners } from "./islands/openers.ts";
import { OutboxSign } from "./islands/outbox-sign.ts";
import { Palette, rememberPage } from "./islands/palette.ts";
import { PasskeyForm } from "./islands/passkey-form.ts";
import { ProofCheck } from "./islands/proof-check.ts";
import { PushForm } from "./islands/push-form.ts";
import { RelativeAge } from "./islands/relative-age.ts";
import { watchKeys } from "./islands/shortcuts.ts";
import { TextEditor } from "./islands/text-editor.ts";
import { TimeSlider } from "./islands/time-slider.ts";
import { ToastList } from "./islands/toasts.ts";
import { watchClock } from "./device-clock.ts";
import { connect } from "./live/client.ts";
import { watchOutbox } from "./outbox/sending.ts";
import { account, nav } from "./page.ts";
import { watchSession } from "./session.ts";

forgetSentDraft();
customElements.define("toast-list", ToastList);
customElements.define("relative-age", RelativeAge);
customElements.define("live-sign", LiveSign);
customElements.define("live-list", LiveList);
customElements.define("live-parts", LiveParts);
customElements.define("filter-form", FilterForm);
customElements.define("error-summary", ErrorSummary);
customElements.define("draft-form", DraftForm);
customElements.define("file-field", FileField);
customElements.define("idle-lock", IdleLock);
customElements.define("passkey-form", PasskeyForm);
customElements.define("push-form", PushForm);
customElements.define("outbox-sign", OutboxSign);
customElements.define("text-editor", TextEditor);
customElements.define("command-bar", CommandBar);
customElements.define("time-slider", TimeSlider);
customElements.define("proof-check", ProofCheck);

watchClock();
watchOpeners();
watchSession();
watchOutbox();
connect();
rememberPage();

let palette: Palette | undefined;
const openPalette = (): void => {
  palette ??= new Palette();
  palette.show();
};
watchKeys(account || nav.length ? openPalette : () => undefined);
for (const button of document.querySelectorAll<HTMLElement>("[data-opens=palette]")) {
  button.hidden = false;
  button.addEventListener("click", openPalette);
}
if (document.querySelector("thammuu-map")) void import("./map.ts");
