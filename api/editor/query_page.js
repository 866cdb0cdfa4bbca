// The query page with script: the plain form becomes an editor, and tables can be sorted.
//
// Without script the page is the same form, so nothing here may be needed to ask a question.

import { completionsOf } from "./completions.js";
import { upgraded } from "./editor.js";
import { makeSortable } from "./sorting.js";

const query = document.querySelector("textarea#query");
if (query) upgraded(query, completionsOf(JSON.parse(query.dataset.prefixes ?? "{}")));

for (const table of document.querySelectorAll("table.sortable")) makeSortable(table);
