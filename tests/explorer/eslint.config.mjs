// The page's scripts: classic ones, which share one global name.
import js from "@eslint/js";

export default [
  { ignores: ["**/vendor/**"] },
  js.configs.recommended,
  {
    files: ["**/static/**/*.js"],
    languageOptions: {
      sourceType: "script",
      globals: Object.fromEntries(
        [
          "CSS", "DOMParser", "File", "HTMLElement", "HTMLScriptElement", "HTMLTextAreaElement", "Node",
          "TextDecoder", "TextEncoder", "URL", "URLSearchParams", "addEventListener", "console", "document", "fetch", "history",
          "localStorage", "location", "markdownit", "matchMedia", "navigator", "requestAnimationFrame", "setTimeout",
        ].map((name) => [name, "readonly"]),
      ),
    },
    rules: {
      "no-redeclare": "off",
      "no-control-regex": "off",
      "no-implicit-globals": "off",
      "no-unused-vars": ["error", { varsIgnorePattern: "^CTE$" }],
      "no-new-func": "error",
      "no-eval": "error",
      eqeqeq: "error",
      "prefer-const": "error",
      strict: ["error", "global"],
    },
  },
];
