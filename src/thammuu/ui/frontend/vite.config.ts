import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";

const here = import.meta.dirname;

/** One SVG file of symbols: the interface's own status shapes and the listed icons of the Lucide set. */
function sprite(): Plugin {
  return {
    name: "thammuu-sprite",
    generateBundle() {
      const names = JSON.parse(readFileSync(resolve(here, "../icons.json"), "utf8")) as string[];
      const symbols = names.map((name) => {
        const own = resolve(here, `src/shapes/${name}.svg`);
        const file = existsSync(own) ? own : resolve(here, `node_modules/lucide-static/icons/${name}.svg`);
        const svg = readFileSync(file, "utf8");
        const inner = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
        const box = /viewBox="([^"]+)"/.exec(svg)?.[1] ?? "0 0 24 24";
        return `<symbol id="${name}" viewBox="${box}">${inner.replace(/\s+/g, " ").trim()}</symbol>`;
      });
      this.emitFile({
        type: "asset",
        name: "sprite.svg",
        originalFileName: "sprite.svg",
        source: `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`,
      });
    },
  };
}

export default defineConfig({
  root: here,
  base: "./",
  publicDir: false,
  plugins: [sprite()],
  build: {
    outDir: resolve(here, "../static/ui/dist"),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What receives pushed messages is a script of its own: it imports nothing, and runs while no page is open.
    rollupOptions: { input: { app: resolve(here, "src/app.ts"), "push-worker": resolve(here, "src/push-worker.ts") } },
  },
  worker: { format: "es" },
});
