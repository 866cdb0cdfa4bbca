// Tables whose rows are put in order by a column when its heading is pressed.

const compare = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" }).compare;

/** Make the headings of a table buttons that put its rows in order, ascending and then descending. */
export function makeSortable(table) {
  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sortBy(table, heading, column));
  });
}

function sortBy(table, heading, column) {
  const isAscending = heading.getAttribute("aria-sort") !== "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", isAscending ? "ascending" : "descending");
  const sign = isAscending ? 1 : -1;
  const text = (row) => row.cells[column].textContent.trim();
  // What is empty stands last in both orders.
  const order = (one, other) => Number(!text(one)) - Number(!text(other)) || sign * compare(text(one), text(other));
  const [body] = table.tBodies;
  body.append(...[...body.rows].sort(order));
}
