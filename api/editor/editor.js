// A SPARQL editor over a text area: the text area stays in its form, hidden and up to date.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

// The colours stand in the style sheet of the service, for light and for dark.
const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--query-keyword)", fontWeight: "600" },
  { tag: [tags.string, tags.number], color: "var(--query-literal)" },
  { tag: [tags.variableName, tags.special(tags.variableName), tags.propertyName], color: "var(--query-variable)" },
  { tag: tags.comment, color: "var(--query-comment)", fontStyle: "italic" },
  { tag: [tags.url, tags.atom, tags.namespace, tags.labelName, tags.link], color: "var(--query-name)" },
]);

const theme = EditorView.theme({
  "&": { border: "1px solid var(--query-border)", fontSize: "0.9375rem", color: "var(--query-ink)", backgroundColor: "var(--query-paper)" },
  "&.cm-focused": { outline: "3px solid var(--query-focus)", outlineOffset: "1px" },
  ".cm-content": { minHeight: "16rem", caretColor: "var(--query-ink)" },
  ".cm-cursor": { borderLeftColor: "var(--query-ink)" },
  ".cm-gutters": { backgroundColor: "var(--query-tint)", color: "var(--query-comment)", border: "none" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  ".cm-tooltip": { backgroundColor: "var(--query-paper)", color: "var(--query-ink)", border: "1px solid var(--query-border)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--query-focus)", color: "var(--query-on-focus)" },
  ".cm-completionDetail": { fontStyle: "normal", color: "inherit" },
  // The marks that come with the editor are pictures in the style sheet, which the policy of the page keeps out.
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--query-focus)" },
  ".cm-lint-marker-error": { content: '"▲"', color: "var(--query-focus)" },
  ".cm-diagnostic": { color: "var(--query-ink)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--query-selection) !important" },
});

/**
 * Put an editor in the place of a text area.
 *
 * In: a source of completions.
 * Guarantee: the value of the text area is the text of the editor after every change.
 */
export function upgraded(area, completions) {
  // In a shadow root the editor's own style sheets need no exception from the policy of the page.
  const host = document.createElement("div");
  host.className = "query-editor";
  const root = host.attachShadow({ mode: "open" });
  const run = () => {
    area.form?.requestSubmit();
    return true;
  };
  const label = area.labels?.[0]?.textContent.trim() || "Query";
  const help = "Control and Enter run the query; Tab leaves the editor.";
  const view = new EditorView({
    root,
    parent: root,
    doc: area.value,
    extensions: [
      lineNumbers(),
      lintGutter(),
      highlightSpecialChars(),
      history(),
      drawSelection(),
      bracketMatching(),
      closeBrackets(),
      indentOnInput(),
      highlightActiveLine(),
      StreamLanguage.define(sparql),
      syntaxHighlighting(colours),
      theme,
      autocompletion({ override: [completions], maxRenderedOptions: 60 }),
      // Tab is not bound: it has to leave the editor (WCAG 2.1.2).
      keymap.of([{ key: "Mod-Enter", run }, ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": `${label}. ${help}` }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) area.value = update.state.doc.toString();
      }),
    ],
  });
  area.before(host);
  area.hidden = true;
  area.required = false;
  for (const name of area.labels ?? []) name.addEventListener("click", () => view.focus());
  showProblem(view, area.dataset.problem ?? "");
  return view;
}

/** Mark the place that a message names, such as "line 2, column 7: …". */
function showProblem(view, message) {
  const told = /line (\d+), column (\d+)/.exec(message);
  if (!told) return;
  const { doc } = view.state;
  const line = doc.line(Math.min(Number(told[1]), doc.lines));
  const from = Math.min(line.from + Number(told[2]) - 1, line.to);
  const word = /^[\w:?$<>-]+/.exec(doc.sliceString(from, line.to));
  const to = Math.min(from + (word ? word[0].length : 1), doc.length);
  const shown = message.split("\n")[0];
  view.dispatch(setDiagnostics(view.state, [{ from, to, severity: "error", message: shown }]));
  view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
}
